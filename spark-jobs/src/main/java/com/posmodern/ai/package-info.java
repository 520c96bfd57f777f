/** POS Modern AI. */
package com.posmodern.ai;

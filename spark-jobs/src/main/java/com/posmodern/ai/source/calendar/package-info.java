/**
 * Holidays by rule, for the source table calendar. Pure: reads and writes nothing. Depends on
 * nothing.
 */
package com.posmodern.ai.source.calendar;

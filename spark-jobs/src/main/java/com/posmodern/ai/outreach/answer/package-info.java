/**
 * Answers of providers and customers: requests as they landed, their signatures, and what they
 * mean. Pure: neither Spark nor the lake; secrets come in from outside.
 */
package com.posmodern.ai.outreach.answer;

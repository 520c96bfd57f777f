/**
 * Who may write a lake: one program at a time, or the jobs of one as-of date beside each other.
 * {@link com.posmodern.ai.lake.lock.WriterLock} is the promise, for a folder by the operating
 * system's lock, for an object store by a lease in the store itself ({@code lake.s3}).
 *
 * <p>Depends on {@code error} only.
 */
package com.posmodern.ai.lake.lock;

/**
 * Imports a retailer's own files: any CSV, Excel or Parquet export, read through a mapping file of
 * {@code conf/import/} into rows of the source tables, with every row accounted for.
 *
 * <p>The path of a file: {@link SourceFiles} finds it and its header, {@link SourceReader} reads
 * every value as text and types it, {@link TableConversion} makes rows of one table and their
 * reasons for refusal, {@link Importer} counts. Nothing is written here. Depends on {@code
 * contract}, {@code config} and {@code error}.
 */
package com.posmodern.ai.source.imports;

// Pure. What marks a log as that of the product's own sample.

/** Name of the log's repository when the product audits its own sample; every page then says so. */
export const SAMPLE_REPOSITORY_NAME = "sample repository";

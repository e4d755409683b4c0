/** An import that failed for a reason the operator should read, and that another attempt would meet again. */
export class ImportFailure extends Error {
  override name = 'ImportFailure'
}

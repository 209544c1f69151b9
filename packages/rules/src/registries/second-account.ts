/** A registry would have two accounts of ours, which would catch the same names. Nothing was written, or is caught. */
export class SecondAccount extends Error {
  override readonly name = 'SecondAccount'

  constructor(registryId: string) {
    super(`two accounts at registry ${registryId}: only one account per registry is supported`)
  }
}

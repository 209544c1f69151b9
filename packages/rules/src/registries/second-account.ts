/** A registry has an account of ours already, and a second one would catch the same names. Nothing was written. */
export class SecondAccount extends Error {
  override readonly name = 'SecondAccount'

  constructor(registryId: string) {
    super(`registry ${registryId} would have two accounts: one account per registry`)
  }
}

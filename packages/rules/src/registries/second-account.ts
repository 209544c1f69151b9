import { Refusal } from '../refusals.ts'

/** A registry would have two accounts of ours, which would catch the same names. Nothing was written, or is caught. */
export class SecondAccount extends Refusal {
  override readonly name = 'SecondAccount'

  constructor(registryId: string) {
    super(
      'second_registry_account',
      `two accounts at registry ${registryId}: only one account per registry is supported`,
    )
  }
}

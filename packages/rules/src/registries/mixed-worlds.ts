import { Refusal } from '../refusals.ts'

/** A database would hold real registry accounts beside simulated ones or play money. Nothing was written. */
export class MixedWorlds extends Refusal {
  override readonly name = 'MixedWorlds'

  constructor(detail: string) {
    super('mixed_worlds', detail)
  }
}

import { Refusal } from '../refusals.ts'

/** A database would hold real registry accounts beside simulated ones or play money. Nothing was written. */
export class RealAndSimulatedMixed extends Refusal {
  override readonly name = 'RealAndSimulatedMixed'

  constructor(detail: string) {
    super('real_and_simulated_mixed', detail)
  }
}

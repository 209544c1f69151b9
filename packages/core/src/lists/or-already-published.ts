import { Refusal } from '@droplock/rules/refusals'
import { violated } from '../database/errors.ts'

/** Tells a second publication of a list that is in force by its own name. */
export async function orAlreadyPublished<Result>(publish: () => Promise<Result>): Promise<Result> {
  try {
    return await publish()
  } catch (error) {
    if (!violated(error, 'one_publication_in_force')) throw error
    throw new Refusal('list_already_published', 'This list has been published already: nothing changed.')
  }
}

import { Refusal } from '@droplock/rules/refusals'

/** Repeats what is refused with `try_again`, as a client does: on a busy machine locks are not had in time. */
export async function untilAnswered<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'try_again') throw error
    }
  }
}

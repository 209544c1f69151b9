import { ProblemError } from '@droplock/sdk/client'

/**
 * What the API finds wrong, by the member of the body or the parameter that it is about: `/email`, `price_max`. Empty where it names none.
 */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ProblemError)) return {}
  return Object.fromEntries(
    (error.problem?.errors ?? []).map(({ pointer, parameter, detail }) => [
      parameter ?? pointer ?? '',
      detail,
    ]),
  )
}

import { ProblemError } from '@droplock/sdk/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef } from 'react'
import { forgetKey, keyFor, memoryStore, tabStore } from './keys.ts'

type Change<Input, Result> = {
  /** Asks the API. What creates or pays is sent with `key`. */
  readonly change: (input: Input, key: string) => Promise<Result>
  /** What was read before and is not so any more, by the first part of its query's key. */
  readonly changes?: readonly string[]
  /** Its key outlives a reload of the page under this name: for what is paid. Left out: it is gone with the page. */
  readonly keptAs?: string
  readonly onDone?: (result: Result, input: Input) => void
}

/** The API has decided: the same request again would be answered the same. Elsewhere it may have been done without our knowing. */
const isDecided = (error: unknown) =>
  error instanceof ProblemError && error.status < 500 && error.code !== 'request_in_progress'

/**
 * A change that a person asks for. What they ask for has one Idempotency-Key, also when they ask again because no answer came: it is done
 * once. Another wish, or the same one after an answer, has another key.
 */
export function useChange<Input = void, Result = unknown>({
  change,
  changes = [],
  keptAs,
  onDone,
}: Change<Input, Result>) {
  const queries = useQueryClient()
  const own = useRef(memoryStore())
  const ownName = useId()
  const store = () => (keptAs === undefined ? own.current : tabStore())
  const what = keptAs ?? ownName
  return useMutation<Result, unknown, Input>({
    mutationFn: (input) =>
      change(
        input,
        keyFor(store(), what, input, () => crypto.randomUUID()),
      ),
    onError: (error) => {
      if (isDecided(error)) forgetKey(store(), what)
    },
    onSuccess: async (result, input) => {
      forgetKey(store(), what)
      await Promise.all(changes.map((first) => queries.invalidateQueries({ queryKey: [first] })))
      onDone?.(result, input)
    },
  })
}

import { ProblemError } from '@droplock/sdk/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'

type Intent = { readonly input: string; readonly key: string }

type Change<Input, Result> = {
  /** Asks the API. What creates or pays is sent with `key`. */
  readonly change: (input: Input, key: string) => Promise<Result>
  /** What was read before and is not so any more, by the first part of its query's key. */
  readonly changes?: readonly string[]
  readonly onDone?: (result: Result, input: Input) => void
}

/** The API has decided: the same request again would only be told the same. Elsewhere it may have been done without our knowing. */
const isDecided = (error: unknown) =>
  error instanceof ProblemError && error.status < 500 && error.code !== 'request_in_progress'

/**
 * A change that a person asks for. What they ask for has one Idempotency-Key, also when they ask again because no answer came: it is done
 * once. Another wish, or the same one after an answer, has another key.
 */
export function useChange<Input = void, Result = unknown>({
  change,
  changes = [],
  onDone,
}: Change<Input, Result>) {
  const queries = useQueryClient()
  const intent = useRef<Intent>(undefined)
  return useMutation<Result, unknown, Input>({
    mutationFn: (input) => {
      const text = JSON.stringify(input) ?? ''
      if (intent.current?.input !== text) intent.current = { input: text, key: crypto.randomUUID() }
      return change(input, intent.current.key)
    },
    onError: (error) => {
      if (isDecided(error)) intent.current = undefined
    },
    onSuccess: async (result, input) => {
      intent.current = undefined
      await Promise.all(changes.map((first) => queries.invalidateQueries({ queryKey: [first] })))
      onDone?.(result, input)
    },
  })
}

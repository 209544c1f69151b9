import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useDataProvider, useNotify } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'

type Change<Command, Answer> = {
  readonly send: (api: ConsoleDataProvider, command: Command) => Promise<Answer>
  /** Told to the operator when the server has said yes. */
  readonly done: (answer: Answer) => string
  readonly onDone?: (answer: Answer) => void
}

/**
 * Sends one change and shows nothing as done before the server says so. Then everything on the page is read again: a change
 * has more effects than its own row. Refusals are left to the caller to show, where the change was asked for.
 */
export function useAction<Command, Answer>({ send, done, onDone }: Change<Command, Answer>) {
  const api = useDataProvider<ConsoleDataProvider>()
  const notify = useNotify()
  const queries = useQueryClient()
  return useMutation<Answer, Error, Command>({
    mutationFn: (command) => send(api, command),
    onSuccess: (answer) => {
      notify(done(answer), { type: 'success' })
      void queries.invalidateQueries()
      onDone?.(answer)
    },
  })
}

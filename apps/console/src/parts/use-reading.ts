import { useMutation } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'

/** Asks something that is sent but changes nothing, when the operator wants to know: a preview. */
export function useReading<Question, Answer>(
  ask: (api: ConsoleDataProvider, question: Question) => Promise<Answer>,
) {
  const api = useDataProvider<ConsoleDataProvider>()
  return useMutation<Answer, Error, Question>({ mutationFn: (question) => ask(api, question) })
}

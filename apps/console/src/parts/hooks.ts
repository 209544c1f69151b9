import { may, type Permission } from '@droplock/rules/staff'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useDataProvider, useNotify, usePermissions } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Me, Registry, Today } from '../api/types.ts'

/** The person who is signed in; `undefined` while that is loading. */
export function useMe(): Me | undefined {
  return usePermissions<Me>().permissions
}

/** Whether this person has the permission, by the table that the server decides with; false while the person is loading. */
export function useMay(permission: Permission): boolean {
  const me = useMe()
  return me !== undefined && may(me.roles, permission)
}

type Change<Command, Answer> = {
  readonly send: (api: ConsoleDataProvider, command: Command) => Promise<Answer>
  /** The notification that is shown when the server has accepted the change. */
  readonly done: (answer: Answer) => string
  readonly onDone?: (answer: Answer) => void
}

/**
 * Sends one change. Nothing is shown as done before the server has accepted it; then everything on the page is read again,
 * because a change affects more than its own row. The caller shows a refusal, in the dialog that asked for the change.
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

/** Sends a request that changes nothing, such as a preview, when the operator asks for it. */
export function usePreview<Question, Answer>(
  ask: (api: ConsoleDataProvider, question: Question) => Promise<Answer>,
) {
  const api = useDataProvider<ConsoleDataProvider>()
  return useMutation<Answer, Error, Question>({ mutationFn: (question) => ask(api, question) })
}

/** The counts of the whole service, shared by everything that shows them. Any change has them read again. */
export function useToday() {
  const api = useDataProvider<ConsoleDataProvider>()
  return useQuery<Today>({
    queryKey: ['today'],
    queryFn: () => api.get<Today>('today'),
    retry: false,
  })
}

/** Zones change rarely. */
const REGISTRIES_FRESH_MS = 10 * 60_000

/** The registries with their zones; none while they are loading. */
export function useRegistries(): readonly Registry[] {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<readonly Registry[]>({
    queryKey: ['registries'],
    queryFn: async () => (await api.get<{ items: readonly Registry[] }>('registries')).items,
    staleTime: REGISTRIES_FRESH_MS,
    retry: false,
  })
  return data ?? []
}

/** All zones, sorted. */
export function useZones(): readonly string[] {
  return useRegistries()
    .flatMap(({ zones }) => zones)
    .toSorted()
}

/** The browser's clock, read every `everyMs`. For display only: the server decides what is due. */
export function useNow(everyMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

/** The operator's time zone, as set in the browser. */
export function useZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

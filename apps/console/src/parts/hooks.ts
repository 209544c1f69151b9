import { may, type Permission } from '@droplock/rules/staff'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useDataProvider, useNotify, usePermissions } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Me, Registry, Today } from '../api/types.ts'

/** Who is signed in; `undefined` until known. */
export function useMe(): Me | undefined {
  return usePermissions<Me>().permissions
}

/** Whether this person has the permission, by the table the server decides with. Not while it is unknown who it is. */
export function useMay(permission: Permission): boolean {
  const me = useMe()
  return me !== undefined && may(me.roles, permission)
}

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

/** Asks something that is sent but changes nothing, when the operator wants to know: a preview. */
export function useReading<Question, Answer>(
  ask: (api: ConsoleDataProvider, question: Question) => Promise<Answer>,
) {
  const api = useDataProvider<ConsoleDataProvider>()
  return useMutation<Answer, Error, Question>({ mutationFn: (question) => ask(api, question) })
}

/** An alarm is on the first page within seconds; the counts are cheap. */
const refreshMs = 5_000

/** The counts of the whole service. Shared by all that shows them, and read again while somebody looks. */
export function useToday() {
  const api = useDataProvider<ConsoleDataProvider>()
  return useQuery<Today>({
    queryKey: ['today'],
    queryFn: () => api.get<Today>('today'),
    refetchInterval: refreshMs,
    retry: false,
  })
}

/** Zones are added with a registry's contract, not while somebody looks. */
const freshMs = 10 * 60_000

/** The registries with their zones; none until known. */
export function useRegistries(): readonly Registry[] {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<readonly Registry[]>({
    queryKey: ['registries'],
    queryFn: async () => (await api.get<{ items: readonly Registry[] }>('registries')).items,
    staleTime: freshMs,
    retry: false,
  })
  return data ?? []
}

/** All zones, in order. */
export function useZones(): readonly string[] {
  return useRegistries()
    .flatMap(({ zones }) => zones)
    .toSorted()
}

/** This browser's clock, told anew every `everyMs`. For showing only: what is due is the server's business. */
export function useNow(everyMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

/** The operator's own time zone, as the browser tells it. */
export function useZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

import type { Changed, LiveResource } from '@droplock/rules/changes'
import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** While changes keep coming a list is read again no more often than this. Milliseconds. */
const READ_AGAIN_MS_MIN = 2_000

/** While the stream is away everything that is shown is read again so often. Milliseconds. */
const FALLBACK_MS = 30_000

/** A window that nobody can see gives up its stream after this long: a browser has few connections for all its windows. Milliseconds. */
const HIDDEN_MS_MAX = 30_000

/** After a refusal, which no browser repeats by itself. Milliseconds. */
const CONNECT_AGAIN_MS = 10_000

/** What is shown on other pages' queries when a list changes. `today` shows something of each. */
export const alsoShownIn: Readonly<Partial<Record<LiveResource, readonly string[]>>> = {
  withdrawals: ['listings', 'order-of-service', 'service-outlook'],
  'registry-account-statuses': ['drop-room'],
  'registry-stops': ['drop-room', 'registries', 'order-of-service', 'service-outlook'],
  maintenances: ['order-of-service', 'service-outlook', 'calendar'],
  proposals: ['drop-room', 'months', 'goodwill-credits', 'backorders'],
  alarms: ['drop-room', 'order-of-service', 'service-outlook'],
  backorders: ['drop-room', 'order-of-service', 'calendar'],
  'schedule-changes': ['listings', 'calendar'],
  'registry-messages': ['drop-room'],
  registries: ['order-of-service', 'service-outlook', 'zones', 'zone-policies', 'calendar'],
  listings: ['drop-room', 'order-of-service', 'calendar'],
  refunds: ['payments', 'backorders', 'refund-queue', 'disputes'],
  payments: ['backorders', 'disputes'],
  invoices: ['backorders'],
  'price-lists': ['prices'],
  deliveries: ['backorders'],
  receivers: ['accounts'],
  'goodwill-credits': ['accounts'],
  'bank-transfers': ['accounts'],
  disputes: ['payments'],
  reconciliation: ['payouts', 'disputes'],
}

/**
 * Whether a query shows something of what has changed. Keys begin with the path of a list, or with its first part; a list of a record, such as
 * the order of service of a registry, is known by its last part too.
 */
export function isAffected(key: QueryKey, changed: Named): boolean {
  const [path, , params] = key
  if (typeof path !== 'string') return false
  const parts = path.split('/')
  const [resource, record] = parts
  if (parts.length > 2 && parts.at(-1) === changed.resource) return true
  if (resource !== changed.resource) return false
  const { ids } = changed
  if (ids === undefined) return true
  if (record !== undefined) return ids.includes(record)
  const id: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'id') : undefined
  return typeof id !== 'string' || ids.includes(id)
}

type Source = {
  readonly readyState: number
  readonly addEventListener: (type: string, listener: (event: Event) => void) => void
  readonly close: () => void
}

type Deps = {
  readonly queries: Pick<QueryClient, 'invalidateQueries'>
  readonly connect: () => Source
  readonly document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>
  /** Whether changes come, for those who look at the page. */
  readonly onState: (isLive: boolean) => void
}

/** `EventSource.CLOSED`, which is not there outside a browser. */
const CLOSED = 2

/**
 * Has the queries that are shown read again when the server says that they changed, and every half minute while the stream is away.
 * One for each window. The returned function ends it.
 */
export function followLiveChanges({ queries, connect, document, onState }: Deps): () => void {
  const reader = createReader(queries)
  const isHidden = () => document.visibilityState === 'hidden'
  const stream = createStream({ connect, reader, onState: (isLive) => isHidden() || onState(isLive) })
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  const followVisibility = () => {
    clearTimeout(hiddenTimer)
    if (isHidden()) hiddenTimer = setTimeout(stream.close, HIDDEN_MS_MAX)
    else stream.open()
  }
  const fallback = setInterval(() => {
    if (!stream.isLive() && !isHidden()) reader.readAll()
  }, FALLBACK_MS)
  document.addEventListener('visibilitychange', followVisibility)
  stream.open()
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    clearInterval(fallback)
    clearTimeout(hiddenTimer)
    stream.close()
    reader.stop()
  }
}

type Reader = {
  readonly note: (changes: readonly Changed[]) => void
  readonly readAll: () => void
  readonly stop: () => void
}

/** Has what is affected read again: at once, or when the shortest time between two reads is over. */
function createReader(queries: Deps['queries']): Reader {
  const waiting = new Map<string, Named>()
  let readAtMs = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const readChanged = () => {
    timer = undefined
    readAtMs = performance.now()
    const all = [...waiting.values()]
    waiting.clear()
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'today' || all.some((each) => isAffected(queryKey, each)),
    })
  }
  return {
    note: (changes) => {
      for (const changed of changes) {
        merge(waiting, changed)
        for (const resource of alsoShownIn[changed.resource] ?? []) merge(waiting, { resource })
      }
      timer ??= setTimeout(readChanged, Math.max(0, readAtMs + READ_AGAIN_MS_MIN - performance.now()))
    },
    readAll: () => void queries.invalidateQueries(),
    stop: () => clearTimeout(timer),
  }
}

type StreamDeps = Pick<Deps, 'connect' | 'onState'> & { readonly reader: Reader }

/** The stream of a window, which is opened again whatever ends it. */
function createStream({ connect, reader, onState }: StreamDeps) {
  let source: Source | undefined
  let isLive: boolean | undefined
  let wasLive = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const setLive = (live: boolean) => {
    if (isLive === live) return
    isLive = live
    onState(live)
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
    setLive(false)
  }
  const open = () => {
    clearTimeout(timer)
    if (source !== undefined) return
    const opened = connect()
    source = opened
    opened.addEventListener('open', () => {
      setLive(true)
      // What changed while it was away is not in it.
      if (wasLive) reader.readAll()
      wasLive = true
    })
    opened.addEventListener('changes', (event) =>
      reader.note(JSON.parse((event as MessageEvent<string>).data)),
    )
    opened.addEventListener('resync', reader.readAll)
    opened.addEventListener('ended', () => {
      close()
      // The first read is refused, which leads to the sign-in.
      reader.readAll()
    })
    opened.addEventListener('error', () => {
      setLive(false)
      if (opened.readyState !== CLOSED) return
      close()
      timer = setTimeout(open, CONNECT_AGAIN_MS)
    })
  }
  return { open, close, isLive: () => isLive === true }
}

/** Changes of a list, of which more than the lists of the API are shown. */
type Named = { readonly resource: string; readonly ids?: readonly string[] | undefined }

function merge(waiting: Map<string, Named>, { resource, ids }: Named): void {
  const known = waiting.get(resource)
  const isAny = ids === undefined || (known !== undefined && known.ids === undefined)
  waiting.set(resource, isAny ? { resource } : { resource, ids: [...(known?.ids ?? []), ...ids] })
}

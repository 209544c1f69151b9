import { expect, test } from 'vitest'
import { makeApi } from '../src/api/api.ts'
import { makeDataProvider } from '../src/api/data-provider.ts'
import { ProblemError, problemOf } from '../src/api/problem.ts'
import { makeAuthProvider, makeSessionStore } from '../src/api/session.ts'

const person = { id: 'p1', email: 'o@example.com', name: 'Olga', roles: ['operator'] }

type Sent = { readonly method: string; readonly path: string; readonly csrf: string | null }

/** A server that answers by method and path, and records the requests. */
function serverThat(answers: Readonly<Record<string, () => Response>>) {
  const sent: Sent[] = []
  const api = makeApi(async (path, init) => {
    const method = init.method ?? 'GET'
    sent.push({ method, path, csrf: new Headers(init.headers).get('x-csrf-token') })
    return answers[`${method} ${path.split('?')[0]}`]?.() ?? new Response('<html>', { status: 502 })
  })
  return { api, sent }
}

const problem = (code: string, status: number) => () =>
  Response.json({ code, status, title: code, detail: `It is ${code}.`, request_id: 'r1' }, { status })

const access = { must_enrol: false, proof: { password: true, code: false, provider: false } }

const sessionOf = (staff: typeof person, token: string) => () =>
  Response.json({ staff, csrf_token: token, expires_at: '2026-02-15T13:00:00.000Z', ...access })

const session = sessionOf(person, 'secret')

const noReset = () => {
  throw new Error('the page is not to be opened anew')
}

test('a refusal keeps its code, detail and request id', async () => {
  const { api } = serverThat({ 'GET /api/today': problem('forbidden', 403) })
  const error = await api.get('today').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  expect(problemOf(error)).toMatchObject({
    code: 'forbidden',
    status: 403,
    detail: 'It is forbidden.',
    request_id: 'r1',
  })
})

test('an answer of another server, and no answer, each have their own problem', async () => {
  const { api } = serverThat({})
  expect(problemOf(await api.get('today').catch((thrown: unknown) => thrown)).code).toBe('unexpected_answer')
  const offline = makeApi(() => Promise.reject(new TypeError('network')))
  expect(problemOf(await offline.get('today').catch((thrown: unknown) => thrown)).code).toBe('unreachable')
})

test('changes carry the CSRF token of the session, reads do not, and none is sent after signing out', async () => {
  const { api, sent } = serverThat({
    'POST /api/session': session,
    'DELETE /api/session': () => new Response(null, { status: 204 }),
    'GET /api/today': () => Response.json({}),
    'POST /api/refunds': () => Response.json({}),
  })
  const store = makeSessionStore(api, noReset)
  await store.signIn('o@example.com', 'pw')
  await api.get('today')
  await api.post('refunds', {})
  await store.signOut()
  await api.post('refunds', {})
  expect(sent.map(({ method, csrf }) => [method, csrf])).toEqual([
    ['POST', null],
    ['GET', null],
    ['POST', 'secret'],
    ['DELETE', 'secret'],
    ['POST', null],
  ])
})

test('who is signed in is read once, and again after the server has ended the session', async () => {
  const { api, sent } = serverThat({ 'GET /api/session': session })
  const provider = makeAuthProvider(makeSessionStore(api, noReset))
  await provider.checkAuth({})
  expect(await provider.getPermissions?.({})).toEqual({ ...person, ...access })
  expect(sent).toHaveLength(1)
  const ended = new ProblemError({
    code: 'session_required',
    status: 401,
    title: '',
    detail: '',
    request_id: '',
  })
  await expect(provider.checkError(ended)).rejects.toBe(ended)
  await provider.checkAuth({})
  expect(sent).toHaveLength(2)
})

test('a refusal that is not about the session does not sign out', async () => {
  const { api } = serverThat({ 'GET /api/session': session })
  const provider = makeAuthProvider(makeSessionStore(api, noReset))
  const forbidden = new ProblemError({
    code: 'forbidden',
    status: 403,
    title: '',
    detail: '',
    request_id: '',
  })
  await expect(provider.checkError(forbidden)).resolves.toBeUndefined()
})

test('a list is requested with its page, order and filters, and its rows are identified by their key', async () => {
  const { api, sent } = serverThat({
    'GET /api/sync-runs/r1/rejects': () =>
      Response.json({ items: [{ line: 7, raw: 'x', reason: 'empty' }], total: 9 }),
  })
  const result = await makeDataProvider(api).getList('sync-runs/r1/rejects', {
    pagination: { page: 2, perPage: 50 },
    sort: { field: 'line', order: 'DESC' },
    filter: { reason: 'empty', q: '' },
  })
  expect(sent[0]?.path).toBe('/api/sync-runs/r1/rejects?page=2&per_page=50&sort=line&order=desc&reason=empty')
  expect(result).toMatchObject({ total: 9, data: [{ id: 7, line: 7 }] })
})

test('a list says whether its total is exact or the bound of a count', async () => {
  const { api } = serverThat({
    'GET /api/listings': () => Response.json({ items: [], total: 10_000, total_is_exact: false }),
    'GET /api/audit': () => Response.json({ items: [], total: 3 }),
  })
  const { getList } = makeDataProvider(api)
  expect(await getList('listings', {})).toMatchObject({ total: 10_000, meta: { isTotalExact: false } })
  expect(await getList('audit', {})).toMatchObject({ total: 3, meta: { isTotalExact: true } })
})

/** A server whose refunds are refused with these problems first. */
function serverThatRefuses(refusals: string[], sessions: (() => Response)[]) {
  const found = serverThat({
    'GET /api/session': () => (sessions.shift() ?? session)(),
    'POST /api/session': session,
    'POST /api/session/proof': session,
    'POST /api/refunds': () => {
      const code = refusals.shift()
      return code === undefined ? Response.json({ id: 'r1' }) : problem(code, 403)()
    },
  })
  return { ...found, refunds: () => found.sent.filter(({ path }) => path === '/api/refunds') }
}

test('a change that needs a proof is asked for once and sent again as it was, with all that waited for it', async () => {
  const { api, refunds } = serverThatRefuses(['step_up_required', 'step_up_required'], [])
  const store = makeSessionStore(api, noReset)
  await store.current()
  const kinds: (string | undefined)[] = []
  store.interruptions.subscribe(() => kinds.push(store.interruptions.current()?.kind))
  const changes = Promise.all([api.post('refunds', { a: 1 }), api.post('refunds', { a: 2 })])
  await expect.poll(() => store.interruptions.current()?.kind).toBe('step_up')
  await store.prove({ password: 'pw' })
  expect(await changes).toEqual([{ id: 'r1' }, { id: 'r1' }])
  expect(refunds()).toHaveLength(4)
  expect(kinds).toEqual(['step_up', undefined])
})

test('a proof that is not given leaves the refusal to the form', async () => {
  const { api } = serverThatRefuses(['step_up_required'], [])
  const store = makeSessionStore(api, noReset)
  await store.current()
  const change = api.post('refunds', {}).catch((error: unknown) => problemOf(error).code)
  await expect.poll(() => store.interruptions.current()?.kind).toBe('step_up')
  store.interruptions.end(false)
  expect(await change).toBe('step_up_required')
})

test('after another sign-in of the same person in another tab a change is sent with its token, and nobody is asked', async () => {
  const { api, refunds } = serverThatRefuses(['csrf_token_invalid'], [session, sessionOf(person, 'newer')])
  const store = makeSessionStore(api, noReset)
  await store.current()
  expect(await api.post('refunds', {})).toEqual({ id: 'r1' })
  expect(refunds().map(({ csrf }) => csrf)).toEqual(['secret', 'newer'])
})

test('a page of one person is opened anew where another has signed in', async () => {
  const other = sessionOf({ ...person, id: 'p2' }, 'newer')
  const { api, refunds } = serverThatRefuses(['csrf_token_invalid'], [session, other])
  let resets = 0
  const store = makeSessionStore(api, () => (resets += 1))
  await store.current()
  expect(await api.post('refunds', {}).catch((error: unknown) => problemOf(error).code)).toBe(
    'csrf_token_invalid',
  )
  expect([resets, refunds().length]).toEqual([1, 1])
})

test('a session that ended is opened again over the page, and the change is sent', async () => {
  const { api } = serverThatRefuses(['session_required'], [session, problem('session_required', 401)])
  const store = makeSessionStore(api, noReset)
  await store.current()
  const change = api.post('refunds', {})
  await expect.poll(() => store.interruptions.current()?.kind).toBe('sign_in')
  expect(await store.signIn(person.email, 'pw')).toBe('signed_in')
  expect(await change).toEqual({ id: 'r1' })
})

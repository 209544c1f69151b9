import { expect, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { BackorderDetail } from '../src/resources/backorders.ts'
import {
  Registration,
  RegistrationPage,
  RegistrationRequest,
  RegistrationRequestPage,
} from '../src/resources/registration-views.ts'
import { AuthCode } from '../src/resources/registrations.ts'
import { createTestApp, sendUnreached, someKey, testSecret } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { carryOutChanges, confirm, givenRegistration, shown } from './support/registrations.ts'
import { someId, wellFormed } from './support/requests.ts'
import { givenCustomer, openWorld, useWorld } from './support/world.ts'

const world = useWorld()

const servers = (...names: readonly string[]) => ({ name_servers: names.map((name) => ({ name })) })
const two = servers('ns1.example.net', 'ns2.example.net')

function put(path: string, key: string, body: unknown = two) {
  return world.send({ method: 'PUT', path: `${path}/name-servers`, key, body })
}

function askForCode(path: string, key: string) {
  return world.send({ method: 'POST', path: `${path}/auth-code`, key })
}

async function readRequest(response: Response) {
  expect(response.status).toBe(202)
  const request = RegistrationRequest.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/registration-requests/${request.id}`)
  return request
}

answers(
  'listRegistrations',
  200,
  "an account sees its own caught names, newest first, by name, zone, backorder, expiry and state, and never another's",
  async () => {
    const mine = await givenRegistration(world, 'list-1.test')
    const theirs = await givenRegistration(world, 'list-2.test')
    const names = async (query: string, key = mine.key) => {
      const response = await world.send({ path: `/v1/registrations${query}`, key })
      expect(response.status).toBe(200)
      return RegistrationPage.parse(await response.json()).items.map(({ name }) => name)
    }
    expect(await names('')).toEqual(['list-1.test'])
    expect(await names('', theirs.key)).toEqual(['list-2.test'])
    expect(await names('?name=LIST-1.test')).toEqual(['list-1.test'])
    expect(await names('?name=list-2.test')).toEqual([])
    expect(await names('?zone=test&state=registered')).toEqual(['list-1.test'])
    expect(await names('?zone=disabled')).toEqual([])
    expect(await names('?state=ended')).toEqual([])
    expect(await names(`?backorder_id=${mine.backorder.split('/').at(-1)}`)).toEqual(['list-1.test'])
    expect(await names('?expires_before=2020-01-01T00:00:00Z')).toEqual([])
    expect(await names('?expires_from=2020-01-01T00:00:00Z')).toEqual(['list-1.test'])
  },
)

test('registrations are read in pages', async () => {
  const { key } = await givenRegistration(world, 'page.test')
  const response = await world.send({ path: '/v1/registrations?limit=1', key })
  const { items, next } = RegistrationPage.parse(await response.json())
  expect(items).toHaveLength(1)
  expect(next).toBeUndefined()
})

refuses('listRegistrations', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/registrations?cursor=${someId}`, key })
})

refuses('listRegistrations', 'invalid_request', 'an unknown state', () =>
  sendUnreached({ path: '/v1/registrations?state=lost', key: someKey }),
)

refuses('listRegistrations', 'invalid_name', 'a name that is none', () =>
  sendUnreached({ path: '/v1/registrations?name=-', key: someKey }),
)

answers(
  'getRegistration',
  200,
  'a registration is shown as the registry confirmed it last, with the time',
  async () => {
    const { key, id, path, backorder } = await givenRegistration(world, 'get.test')
    const read = async () => {
      const response = await world.send({ path, key })
      expect(response.status).toBe(200)
      return Registration.parse(await response.json())
    }
    const first = await read()
    const detail = BackorderDetail.parse(await (await world.send({ path: backorder, key })).json())
    expect(first).toEqual({
      id,
      backorder_id: detail.id,
      name: 'get.test',
      zone: 'test',
      state: 'registered',
      created_at: detail.settled_at,
      expires_at: detail.expires_at,
    })
    await confirm(world.ctx, id)
    expect(await read()).toEqual({
      ...first,
      confirmed_at: expect.any(String),
      statuses: ['ok'],
      name_servers: shown.nameServers,
      contacts: [
        { role: 'registrant', handle: 'DL1' },
        { role: 'tech', handle: 'DL2' },
      ],
    })
    await confirm(world.ctx, id, 'not_held')
    expect(await read()).toMatchObject({ state: 'ended', end_reason: 'not_held' })
  },
)

refuses('getRegistration', 'registration_not_found', 'the registration of another account', async () => {
  const { path } = await givenRegistration(world, 'get-theirs.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path, key })
})

refuses('getRegistration', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/registrations/17', key: someKey }),
)

answers(
  'setNameServers',
  202,
  'a change of name servers is a request, which is the same while it is in progress and is read with its result',
  async () => {
    const { key, path } = await givenRegistration(world, 'set.test')
    const request = await readRequest(await put(path, key))
    expect(request).toMatchObject({ kind: 'name_servers', state: 'queued', name: 'set.test', ...two })
    const again = servers('NS2.example.net', 'ns1.example.net.')
    expect((await readRequest(await put(path, key, again))).id).toBe(request.id)
    await carryOutChanges(world.ctx, 'succeeded')
    const read = await world.send({ path: `/v1/registration-requests/${request.id}`, key })
    expect(await read.json()).toMatchObject({ state: 'succeeded', decided_at: expect.any(String) })
    const registration = Registration.parse(await (await world.send({ path, key })).json())
    expect(registration).toMatchObject({ ...two, confirmed_at: expect.any(String) })
    expect((await readRequest(await put(path, key))).id).not.toBe(request.id)
  },
)

test('name servers below the name have their addresses, in one form', async () => {
  const { key, path } = await givenRegistration(world, 'glue.test')
  const addresses = ['2001:DB8:0:0:0::1', '192.0.2.1']
  const body = { name_servers: [{ name: 'ns.glue.test', addresses }, { name: 'ns1.example.net' }] }
  expect(await readRequest(await put(path, key, body))).toMatchObject({
    name_servers: [
      { name: 'ns.glue.test', addresses: ['192.0.2.1', '2001:db8::1'] },
      { name: 'ns1.example.net' },
    ],
  })
})

refuses('setNameServers', 'registration_request_pending', 'another list while one is set', async () => {
  const { key, path } = await givenRegistration(world, 'busy.test')
  await put(path, key)
  return put(path, key, servers('ns3.example.net', 'ns4.example.net'))
})

refuses('setNameServers', 'registration_not_found', 'the registration of another account', async () => {
  const { path } = await givenRegistration(world, 'set-theirs.test')
  const { key } = await givenCustomer(world.ctx)
  return put(path, key)
})

refuses('setNameServers', 'registration_ended', 'a name that is no longer registered here', async () => {
  const { key, id, path } = await givenRegistration(world, 'set-ended.test')
  await confirm(world.ctx, id, 'not_held')
  return put(path, key)
})

refuses('setNameServers', 'invalid_name', 'a host that is no name', () =>
  sendUnreached({ ...wellFormed.setNameServers, key: someKey, body: servers('ns1.example.net', '-') }),
)

refuses('setNameServers', 'invalid_name_servers', 'a host below the name without addresses', async () => {
  const { key, path } = await givenRegistration(world, 'no-glue.test')
  return put(path, key, servers('ns1.example.net', 'ns.no-glue.test'))
})

test('a name server that is given twice, or has addresses that belong elsewhere, is refused', async () => {
  const { key, path } = await givenRegistration(world, 'wrong.test')
  await expectProblem(
    await put(path, key, servers('ns1.example.net', 'NS1.example.net')),
    'invalid_name_servers',
  )
  const body = {
    name_servers: [{ name: 'ns1.example.net' }, { name: 'ns2.example.net', addresses: ['192.0.2.1'] }],
  }
  const problem = await expectProblem(await put(path, key, body), 'invalid_name_servers')
  expect(problem).toMatchObject({ index: 1 })
})

refuses('setNameServers', 'invalid_request', 'one name server', () =>
  sendUnreached({ ...wellFormed.setNameServers, key: someKey, body: servers('ns1.example.net') }),
)

answers('requestAuthCode', 202, 'an auth code is requested once at a time', async () => {
  const { key, path } = await givenRegistration(world, 'code.test')
  const request = await readRequest(await askForCode(path, key))
  expect(request).toMatchObject({ kind: 'auth_code', state: 'queued' })
  expect((await readRequest(await askForCode(path, key))).id).toBe(request.id)
})

refuses('requestAuthCode', 'registration_not_found', 'the registration of another account', async () => {
  const { path } = await givenRegistration(world, 'code-theirs.test')
  const { key } = await givenCustomer(world.ctx)
  return askForCode(path, key)
})

refuses('requestAuthCode', 'registration_ended', 'a name that is no longer registered here', async () => {
  const { key, id, path } = await givenRegistration(world, 'code-ended.test')
  await confirm(world.ctx, id, 'not_held')
  return askForCode(path, key)
})

refuses('requestAuthCode', 'auth_code_unavailable', 'where the gateway has no secret for them', async () => {
  const opened = await openWorld()
  try {
    const { key } = await givenCustomer(opened.ctx)
    const served = servedFrom(opened.contextOf('gateway'))
    const app = createTestApp({ test: served }, { authCodes: undefined })
    return await app.send({ ...wellFormed.requestAuthCode, key })
  } finally {
    await opened.drop()
  }
})

refuses('requestAuthCode', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/registrations/17/auth-code', key: someKey }),
)

answers('showAuthCode', 200, 'an auth code that is set is shown, once', async () => {
  const { key, path } = await givenRegistration(world, 'show.test')
  const request = await readRequest(await askForCode(path, key))
  await carryOutChanges(world.ctx, 'succeeded', testSecret.id)
  const response = await showCode(request.id, key)
  expect(response.status).toBe(200)
  expect(AuthCode.parse(await response.json()).auth_code).toMatch(/^[0-9A-Za-z]{22}-Aa1$/)
  const read = await world.send({ path: `/v1/registration-requests/${request.id}`, key })
  expect(await read.json()).toMatchObject({
    state: 'succeeded',
    auth_code_valid_until: expect.any(String),
    auth_code_shown_at: expect.any(String),
  })
})

function showCode(id: string, key: string) {
  return world.send({ method: 'POST', path: `/v1/registration-requests/${id}/auth-code`, key })
}

/** A request for an auth code that was carried out with this secret. */
async function givenCode(name: string, secretId: string) {
  const { key, path } = await givenRegistration(world, name)
  const { id } = await readRequest(await askForCode(path, key))
  await carryOutChanges(world.ctx, 'succeeded', secretId)
  return { id, key, path }
}

refuses('showAuthCode', 'auth_code_shown', 'a code that was shown', async () => {
  const { id, key } = await givenCode('shown.test', testSecret.id)
  await showCode(id, key)
  return showCode(id, key)
})

refuses('showAuthCode', 'auth_code_not_ready', 'a code that the registry refused', async () => {
  const { key, path } = await givenRegistration(world, 'not-ready.test')
  const { id } = await readRequest(await askForCode(path, key))
  await carryOutChanges(world.ctx, 'refused')
  const read = await world.send({ path: `/v1/registration-requests/${id}`, key })
  expect(await read.json()).toMatchObject({
    state: 'failed',
    failure_reason: 'refused',
    answer_code: 2306,
    answer_message: 'Not here',
  })
  return showCode(id, key)
})

refuses('showAuthCode', 'auth_code_expired', 'a code that a later one has replaced', async () => {
  const { id, key, path } = await givenCode('replaced.test', testSecret.id)
  await askForCode(path, key)
  await carryOutChanges(world.ctx, 'succeeded', testSecret.id)
  return showCode(id, key)
})

refuses('showAuthCode', 'auth_code_unavailable', 'a code that was derived from another secret', async () => {
  const { id, key } = await givenCode('other.test', 'another secret')
  return showCode(id, key)
})

refuses('showAuthCode', 'registration_request_not_found', "another account's code", async () => {
  const { id } = await givenCode('show-theirs.test', testSecret.id)
  const { key } = await givenCustomer(world.ctx)
  return showCode(id, key)
})

refuses('showAuthCode', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/registration-requests/17/auth-code', key: someKey }),
)

answers(
  'listRegistrationRequests',
  200,
  "an account sees its own requests, newest first, by registration, kind and state, and never another's",
  async () => {
    const mine = await givenRegistration(world, 'requests.test')
    const theirs = await givenRegistration(world, 'requests-2.test')
    await put(theirs.path, theirs.key)
    await put(mine.path, mine.key)
    await askForCode(mine.path, mine.key)
    const kinds = async (query: string) => {
      const response = await world.send({ path: `/v1/registration-requests${query}`, key: mine.key })
      expect(response.status).toBe(200)
      return RegistrationRequestPage.parse(await response.json())
    }
    const first = await kinds('?limit=1')
    expect(first.items.map(({ kind }) => kind)).toEqual(['auth_code'])
    const second = await kinds(`?limit=1&cursor=${first.next}`)
    expect(second.items.map(({ kind }) => kind)).toEqual(['name_servers'])
    expect((await kinds(`?registration_id=${theirs.id}`)).items).toEqual([])
    expect((await kinds(`?registration_id=${mine.id}&kind=name_servers&state=queued`)).items).toHaveLength(1)
    expect((await kinds('?state=failed')).items).toEqual([])
  },
)

refuses('listRegistrationRequests', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/registration-requests?cursor=${someId}`, key })
})

refuses('listRegistrationRequests', 'invalid_request', 'an unknown kind', () =>
  sendUnreached({ path: '/v1/registration-requests?kind=colour', key: someKey }),
)

answers('getRegistrationRequest', 200, 'a request is read with what was requested', async () => {
  const { key, id, path } = await givenRegistration(world, 'read-request.test')
  const request = await readRequest(await put(path, key))
  const response = await world.send({ path: `/v1/registration-requests/${request.id}`, key })
  expect(response.status).toBe(200)
  expect(RegistrationRequest.parse(await response.json())).toEqual(request)
  expect(request.registration_id).toBe(id)
})

refuses('getRegistrationRequest', 'registration_request_not_found', "another account's request", async () => {
  const { key, path } = await givenRegistration(world, 'request-theirs.test')
  const { id } = await readRequest(await put(path, key))
  const other = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/registration-requests/${id}`, key: other.key })
})

refuses('getRegistrationRequest', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/registration-requests/17', key: someKey }),
)

import { expect, test } from 'vitest'
import type { Ask } from './support/app.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { everyEditRefuses, refuses } from './support/refuses.ts'
import { someContact, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()

everyEditRefuses('precondition_required', 'an edit that does not say of what', (operation) => {
  const { headers: _, ...ask }: Ask = wellFormed[operation]
  return sendUnreached({ ...ask, key: someKey, ifMatch: null })
})

everyEditRefuses('precondition_malformed', 'what is no entity tag', (operation) =>
  sendUnreached({ ...wellFormed[operation], key: someKey, headers: { 'If-Match': 'v1' } }),
)

/** An edit of something that is there, and where it can be read. */
type Edit = { readonly ask: Ask; readonly path: string; readonly key: string }

async function madeBy(path: string, body: object): Promise<{ readonly key: string; readonly id: string }> {
  const { key } = await givenCustomer(world.ctx)
  const made = await world.send({ method: 'POST', path, key, body })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  return { key, id }
}

async function editOf(edit: Ask, collection: string, body: object): Promise<Edit> {
  const { key, id } = await madeBy(collection, body)
  const path = edit.path.replace(someId, id)
  return { ask: { ...edit, path }, path, key }
}

const edits = {
  updateAccount: async (): Promise<Edit> => ({
    ask: wellFormed.updateAccount,
    path: '/v1/account',
    key: (await givenCustomer(world.ctx)).key,
  }),
  updateSubAccount: () => editOf(wellFormed.updateSubAccount, '/v1/sub-accounts', { label: 'an office' }),
  updateApiKey: () =>
    editOf(wellFormed.updateApiKey, '/v1/api-keys', { label: 'a key', scopes: ['balance:read'] }),
  changeContact: () => editOf(wellFormed.changeContact, '/v1/contacts', someContact),
  deleteContact: () => editOf(wellFormed.deleteContact, '/v1/contacts', someContact),
} as const

async function sendStale(of: keyof typeof edits): Promise<Response> {
  const { ask, path, key } = await edits[of]()
  const tag = (await world.send({ path, key })).headers.get('ETag') ?? ''
  const first = of === 'deleteContact' ? wellFormed.changeContact : ask
  const edited = await world.send({ ...first, path, key, headers: { 'If-Match': tag } })
  expect(edited.status).toBe(200)
  expect(edited.headers.get('ETag')).toBe((await world.send({ path, key })).headers.get('ETag'))
  return world.send({ ...ask, key, headers: { 'If-Match': tag } })
}

refuses('updateAccount', 'precondition_failed', 'an edit of an older version', () =>
  sendStale('updateAccount'),
)
refuses('updateSubAccount', 'precondition_failed', 'an edit of an older version', () =>
  sendStale('updateSubAccount'),
)
refuses('updateApiKey', 'precondition_failed', 'an edit of an older version', () => sendStale('updateApiKey'))
refuses('changeContact', 'precondition_failed', 'an edit of an older version', () =>
  sendStale('changeContact'),
)
refuses('deleteContact', 'precondition_failed', 'the deletion of an older version', () =>
  sendStale('deleteContact'),
)

test.each(['updateAccount', 'updateSubAccount', 'updateApiKey', 'changeContact'] as const)(
  'of ten edits of one version at once one is made: %s',
  async (of) => {
    const { ask, path, key } = await edits[of]()
    const headers = { 'If-Match': (await world.send({ path, key })).headers.get('ETag') ?? '' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.send({ ...ask, key, headers })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 412),
    ])
  },
)

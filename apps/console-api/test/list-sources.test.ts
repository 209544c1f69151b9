import { ListSource, ListSourceList } from '@droplock/contracts/console/list-source'
import type { RefusalCode } from '@droplock/rules/refusals'
import { beforeAll, expect, test } from 'vitest'
import { givenRegistry, REGISTRY } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let operator: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  operator = await givenPerson(world, 'operator')
})

const address = 'https://lists.example.com/drop.csv'
const reason = 'the registry said so'
const post = (path: string, body: object) =>
  operator.send({ method: 'POST', path: `/api/list-sources${path}`, body })
const added = async (terms: object) =>
  expectBody(await post('', { registry_id: REGISTRY, ...terms }), 201, ListSource)

test('a source is added with its health, and of its terms what was left out is usual', async () => {
  const source = await added({ address, expected_by: '09:30', poll_seconds: 60 })
  expect(source).toMatchObject({
    registry_id: REGISTRY,
    address,
    enabled: true,
    time_zone: 'UTC',
    precedence: 0,
    late_seconds: 0,
    failures: 0,
    is_claimed: false,
  })
  expect(source.format).toBeUndefined()
  const list = await operator.send({ path: `/api/list-sources?registry_id=${REGISTRY}` })
  expect(await expectBody(list, 200, ListSourceList)).toMatchObject({ total: 1, items: [{ id: source.id }] })
  await expectProblem(await post('', { registry_id: REGISTRY, address }), 'source_exists')
})

test('a change replaces all terms; a source that is late says for how long', async () => {
  const { id, version } = await added({ address: `${address}?late`, precedence: 9 })
  const terms = { version, address: `${address}?later`, late_after_seconds: 3_600, reason }
  const changed = await expectBody(await post(`/${id}`, terms), 200, ListSource)
  expect(changed).toMatchObject({ address: terms.address, precedence: 0, late_after_seconds: 3_600 })
  await world.ctx.db
    .updateTable('list_source')
    .set({ list_at: new Date(Date.now() - 7_200_000) })
    .where('id', '=', id)
    .execute()
  const source = await expectBody(await operator.send({ path: `/api/list-sources/${id}` }), 200, ListSource)
  expect(source.late_seconds).toBeGreaterThanOrEqual(3_600)
  expect(source.age_seconds).toBeGreaterThanOrEqual(7_200)
})

test('of two edits of one version the second is refused, and the first stays', async () => {
  const { id, version } = await added({ address: `${address}?twice` })
  const edit = (precedence: number) =>
    post(`/${id}`, { address: `${address}?twice`, precedence, version, reason })
  expect(await expectBody(await edit(1), 200, ListSource)).toMatchObject({ precedence: 1, version: 2 })
  expect(await expectProblem(await edit(2), 'source_changed')).toMatchObject({ version: 2 })
  const source = await expectBody(await operator.send({ path: `/api/list-sources/${id}` }), 200, ListSource)
  expect(source).toMatchObject({ precedence: 1, version: 2 })
})

test('sources are found by a part of their address and by their state', async () => {
  const { id } = await added({ address: `${address}?found` })
  await expectBody(await post(`/${id}/disable`, { reason }), 200, ListSource)
  const find = async (query: string) =>
    (await expectBody(await operator.send({ path: `/api/list-sources?${query}` }), 200, ListSourceList)).items
  expect(await find('q=found&state=disabled')).toMatchObject([{ id }])
  expect(await find('q=found&state=enabled')).toEqual([])
  expect(await find('q=found&state=failing')).toEqual([])
})

test('a fetch that is requested shows until it is done; a disabled source has none', async () => {
  const { id } = await added({ address: `${address}?fetch` })
  const requested = await expectBody(await post(`/${id}/fetch`, { reason, dry_run: true }), 200, ListSource)
  expect(requested.requested).toBe('dry_run')
  const disabled = await expectBody(await post(`/${id}/disable`, { reason }), 200, ListSource)
  expect(disabled).toMatchObject({ enabled: false, late_seconds: 0 })
  expect([disabled.requested, disabled.next_try_at]).toEqual([undefined, undefined])
  await expectProblem(await post(`/${id}/fetch`, { reason }), 'source_disabled')
  await expectProblem(await post(`/${id}/disable`, { reason }), 'source_disabled')
  await expectProblem(await post(`/${id}/enable`, { reason: ' ' }), 'reason_required')
  expect(await expectBody(await post(`/${id}/enable`, { reason }), 200, ListSource)).toMatchObject({
    enabled: true,
  })
})

const refused = async (terms: object, code: RefusalCode) =>
  expectProblem(await post('', { registry_id: REGISTRY, ...terms }), code)

test('what is no source is refused', async () => {
  await refused({ address: 'https://me:hidden@lists.example.com/' }, 'source_invalid')
  await refused({ address: 'relative/path' }, 'source_invalid')
  await refused({ address: '/lists', time_zone: '+02:00' }, 'source_invalid')
  await refused({ address: '/lists', registry_id: 'nobody' }, 'registry_not_found')
})

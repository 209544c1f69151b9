import { z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { reply } from '../src/reply.ts'

const Schema = z.object({ name: z.string() })

test('members that the contract does not have never leave', async () => {
  const row = { name: 'a.test', holder: 'somebody' }
  const app = new Hono().get('/', (c) => reply(c, 200, Schema, row))
  expect(await (await app.request('/')).json()).toEqual({ name: 'a.test' })
})

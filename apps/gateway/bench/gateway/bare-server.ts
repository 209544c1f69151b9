import { createHash } from 'node:crypto'
import { claimStatement } from '@droplock/core/bench/claim/bare'
import { newId } from '@droplock/core/new-id'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Pool } from 'pg'

// What one would write with Hono and pg and nothing else: no validation, no limits, no log. Each request looks its key up and
// makes one statement, both prepared. Settings as of the gateway: DATABASE_URL, DATABASE_CONNECTIONS_MAX, PORT.

const { DATABASE_URL: connectionString, DATABASE_CONNECTIONS_MAX: max, PORT: port } = process.env
const pool = new Pool({ connectionString, max: Number(max), application_name: 'bench-gateway-bare' })

const keyStatement = `
  select account_id, scopes, account.currency from api_key join account on account.id = api_key.account_id
  where key_sha256 = $1 and revoked_at is null`

const listingStatement = `
  select listing.*, zone.enabled, price.amount_minor, backorder.account_id = $2 as held_by_caller,
    listing.cutoff_at > clock_timestamp() as before_cutoff
  from listing join zone on zone.name = listing.zone
    left join price_amount as price on price.rule_id = listing.price_rule_id and price.currency = $3
      and price.started_at is not null and price.ended_at is null
    left join backorder on backorder.id = listing.holder
  where listing.name = $1 order by listing.cycle desc limit 1`

async function query(name: string, text: string, values: readonly unknown[]) {
  return pool.query({ name, text, values: [...values] })
}

async function findKey(authorization: string | undefined) {
  const key = authorization?.replace('Bearer ', '') ?? ''
  const { rows } = await query('key', keyStatement, [createHash('sha256').update(key).digest()])
  return rows[0]
}

const app = new Hono()
app.get('/healthz', (c) => c.json({ status: 'ok' }))
app.get('/v1/listings/:name', async (c) => {
  const key = await findKey(c.req.header('Authorization'))
  if (key === undefined) return c.json({}, 401)
  const { rows } = await query('listing', listingStatement, [
    c.req.param('name'),
    key.account_id,
    key.currency,
  ])
  return rows[0] === undefined ? c.json({}, 404) : c.json(rows[0])
})
app.post('/v1/backorders', async (c) => {
  const key = await findKey(c.req.header('Authorization'))
  if (key === undefined) return c.json({}, 401)
  const { name } = await c.req.json()
  const id = newId()
  const { rowCount } = await query('claim', claimStatement, [name, id, key.account_id, newId(), newId()])
  return rowCount === 1 ? c.json({ id, name, state: 'backordered' }, 201) : c.json({}, 409)
})

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) })

import { Pool } from 'undici'

// Sends so many requests without a key in each second, over connections that are kept, until it is killed. Arguments: URL, requests per
// second. Says every second how many were answered, and with what.

const CONNECTIONS = 64
const TICK_MS = 10

const [url = '', perSecond = '0'] = process.argv.slice(2)
const perTick = (Number(perSecond) * TICK_MS) / 1_000
const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 })
let statuses: Record<number, number> = {}
let owed = 0
let underWay = 0

async function send(): Promise<void> {
  underWay += 1
  try {
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/v1/balance' })
    await body.dump()
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
  } catch {
    statuses[0] = (statuses[0] ?? 0) + 1
  } finally {
    underWay -= 1
  }
}

setInterval(() => {
  owed += perTick
  // A server that is slower than that gets no queue without end.
  for (; owed >= 1 && underWay < 4 * CONNECTIONS; owed -= 1) void send()
  owed = Math.min(owed, perTick * 10)
}, TICK_MS)

setInterval(() => {
  console.log(JSON.stringify(statuses))
  statuses = {}
}, 1_000)

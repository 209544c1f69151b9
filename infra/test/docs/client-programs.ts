import type { generators } from '../../../packages/sdk/test/support/generate-clients.ts'

/** How a program of each generated client is written that has a name of the sandbox listed, orders it and waits for its end. */
export const programs: Readonly<Record<keyof typeof generators, string>> = {
  'hey-api': `
import { client } from './client/client.gen.js'
import { createSandboxDrop, getBackorder, getListing, getSandbox, placeBackorder } from './client/sdk.gen.js'

const [baseUrl = '', apiKey = ''] = process.argv.slice(2)
client.setConfig({ baseUrl, auth: apiKey })
const headers = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const pause = () => new Promise((resolve) => setTimeout(resolve, 500))

const sandbox = await getSandbox({ throwOnError: true })
const name: string = \`caught-hey\${Date.now()}.\${sandbox.data.zone}\`
await createSandboxDrop({ body: { names: [name] }, headers: headers(), throwOnError: true })
while ((await getListing({ path: { name } })).data?.orderable !== true) await pause()
const refused = await placeBackorder({ body: { name, payment: 'card' }, headers: headers() })
console.log(refused.error?.code)
const { data: order } = await placeBackorder({ body: { name, payment: 'balance' }, headers: headers(), throwOnError: true })
const amount: number = order.price.amount_minor
console.log(order.state, amount)
for (;;) {
  const { data } = await getBackorder({ path: { id: order.id }, throwOnError: true })
  if (data.state === 'successful' || data.state === 'failed') {
    console.log(data.state, data.outcome?.result)
    break
  }
  await pause()
}
`,
  'swagger-typescript-api': `
import { Api } from './client/api.js'

const [baseUrl = '', apiKey = ''] = process.argv.slice(2)
const { v1 } = new Api({ baseUrl, baseApiParams: { headers: { Authorization: \`Bearer \${apiKey}\` } } })
const headers = () => ({ headers: { Authorization: \`Bearer \${apiKey}\`, 'Idempotency-Key': crypto.randomUUID() } })
const pause = () => new Promise((resolve) => setTimeout(resolve, 500))

const { data: sandbox } = await v1.getSandbox()
const name: string = \`caught-sta\${Date.now()}.\${sandbox.zone}\`
await v1.createSandboxDrop({ names: [name] }, headers())
const isOrderable = () => v1.getListing(name).then(({ data }) => data.orderable, () => false)
while (!(await isOrderable())) await pause()
await v1.placeBackorder({ name, payment: 'card' }, headers()).catch(({ error }) => console.log(error.code))
const { data: order } = await v1.placeBackorder({ name, payment: 'balance' }, headers())
const amount: number = order.price.amount_minor
console.log(order.state, amount)
for (;;) {
  const { data } = await v1.getBackorder(order.id)
  if (data.state === 'successful' || data.state === 'failed') {
    console.log(data.state, data.outcome?.result)
    break
  }
  await pause()
}
`,
}

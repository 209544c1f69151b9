import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = (body: unknown) => send({ method: 'POST', path: '/v1/payments', key: someKey, body })

refuses('payForName', 'invalid_request', 'an unknown member', () => post({ name: 'a.test', amount_minor: 1 }))

refuses('payForName', 'invalid_name', 'what is no domain name', () => post({ name: 'not a name' }))

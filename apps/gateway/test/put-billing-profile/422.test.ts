import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { someProfile, wellFormed } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const put = (changes: object) =>
  send({ ...wellFormed.putBillingProfile, body: { ...someProfile, ...changes }, key: someKey })

refuses('putBillingProfile', 'invalid_request', 'a country that is no code', () =>
  put({ country: 'Germany' }),
)

refuses('putBillingProfile', 'invalid_request', 'a name of spaces', () => put({ legal_name: '  ' }))

refuses('putBillingProfile', 'invalid_request', 'a line feed inside a line of the address', () =>
  put({ address: ['Beispielweg 7\nand more'] }),
)

refuses('putBillingProfile', 'invalid_request', 'an address without a line', () => put({ address: [] }))

refuses('putBillingProfile', 'invalid_request', 'an e-mail address that is none', () => put({ email: 'me' }))

refuses('putBillingProfile', 'invalid_request', 'a member that there is not', () => put({ vat: 'DE1' }))

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('getForecast', 'invalid_request', 'a date that is no time', () =>
  send({ path: '/v1/forecast?until=2026-02-01', key: someKey }),
)

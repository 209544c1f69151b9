import { expect, test, vi } from 'vitest'
import { listenBriefly } from '../support/slow-body.ts'

test('a client that goes away in the middle of its body is logged as that, and is no error of ours', async () => {
  const gateway = await listenBriefly()
  const sending = gateway.begin('POST', '/v1/backorders')
  await new Promise((resolve) => sending.on('socket', (socket) => socket.on('connect', resolve)))
  await vi.waitFor(() => {
    sending.destroy()
    expect(gateway.logged()).toContainEqual(expect.objectContaining({ client_gone: true }))
  })
  expect(gateway.logged()).not.toContainEqual(expect.objectContaining({ status: 500 }))
  expect(gateway.logged()).not.toContainEqual(expect.objectContaining({ level: 'error' }))
  await gateway.close()
})

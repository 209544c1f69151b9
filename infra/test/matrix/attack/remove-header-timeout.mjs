import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

// Loaded into a server before it, for a control alone: requests may take as long as they want.

const { createServer } = http
http.createServer = (options, listener) =>
  createServer({ ...options, headersTimeout: 0, requestTimeout: 0 }, listener)
syncBuiltinESMExports()

/** An error as Stripe tells it. */
export class ApiError extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, type: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.body = { type, message, ...more }
  }
}

const request = 'invalid_request_error'

export const apiErrors = {
  missing: (object: string, id: string) =>
    new ApiError(404, request, `No such ${object}: '${id}'`, { code: 'resource_missing', param: 'id' }),
  unknownParameter: (param: string) =>
    new ApiError(400, request, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param }),
  missingParameter: (param: string) =>
    new ApiError(400, request, `Missing required param: ${param}.`, { code: 'parameter_missing', param }),
  invalid: (param: string, code: string) =>
    new ApiError(400, request, `Invalid value for ${param}`, { code, param }),
  /** The middle of the key is masked, its ends are told: what an adapter must not pass on. */
  badKey: (key: string) =>
    new ApiError(401, request, `Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`),
  keyInUse: () =>
    new ApiError(409, 'idempotency_error', 'Another request with this key is being worked on.', {
      code: 'idempotency_key_in_use',
    }),
  keyReused: () => new ApiError(400, 'idempotency_error', 'This key was used before, with other parameters.'),
  rateLimited: () => new ApiError(429, request, 'Too many requests.', { code: 'rate_limit' }),
  serverError: () => new ApiError(500, 'api_error', 'Something went wrong on our side.'),
}

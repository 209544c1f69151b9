import { entry, passing } from './entry.ts'

/** What any request may be refused as, whatever it asks for. */
export const requestErrors = {
  malformed_json: entry(400, 'Malformed JSON', 'The body is not valid JSON. Correct its syntax.'),
  malformed_text: entry(
    400,
    'Malformed text',
    'The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.',
  ),
  body_required: entry(400, 'Body required', 'The operation needs a JSON body and none was sent.'),
  invalid_request: entry(
    422,
    'Invalid request',
    'A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.',
  ),
  invalid_cursor: entry(
    422,
    'Unknown cursor',
    'No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.',
  ),
  event_cursor_gone: entry(
    410,
    'Cursor no longer kept',
    'Events after this cursor are not kept any more, or never were here. Read what you need anew, then follow the events from `oldest_cursor` or without a cursor.',
  ),
  unsupported_media_type: entry(
    415,
    'Unsupported media type',
    'Send the body as JSON with the header `Content-Type: application/json`.',
  ),
  request_too_large: entry(413, 'Request too large', 'The body is larger than the operation accepts.'),
  request_timeout: passing(
    408,
    'Request too slow',
    'The body did not arrive in time, and nothing was done. Send the same request again.',
  ),
  not_found: entry(404, 'Not found', 'There is nothing at this path. The paths are listed in /openapi.json.'),
  method_not_allowed: entry(
    405,
    'Method not allowed',
    'The path exists but not with this method; the header `Allow` lists those it has.',
  ),
  unauthenticated: entry(
    401,
    'Not authenticated',
    'Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused.',
  ),
  insufficient_scope: entry(
    403,
    'Insufficient scope',
    'The API key is valid but lacks the scope in `scope`. Use a key that has it.',
  ),
  session_required: entry(
    401,
    'Sign in first',
    'There is no session in the console, or it has ended. Sign in and send the request again.',
  ),
  invalid_credentials: entry(
    401,
    'Wrong address or password',
    'No account has this e-mail address with this password, or it was tried too often of late; which of these is not told. Try again in some minutes.',
  ),
  sign_in_locked: passing(
    429,
    'Too many attempts',
    'Too many sign-ins failed from where you are, whatever the account. The time in `retry_at` says when to try again.',
  ),
  forbidden: entry(403, 'Not allowed', 'None of your roles has the permission in `permission`.'),
  csrf_token_invalid: entry(
    403,
    'CSRF token invalid',
    'Send the `csrf_token` of your session in the header `X-CSRF-Token` with every change.',
  ),
  cross_site_request: entry(
    403,
    'Request from another site',
    'The console takes changes only from its own pages; the browser said that this came from elsewhere.',
  ),
  reason_required: entry(
    422,
    'Reason required',
    'The audit keeps why a change was made; say it in a few words.',
  ),
  staff_not_found: entry(404, 'Person not found', 'Nobody in the console has this id or e-mail address.'),
  own_account: entry(
    403,
    'Your own account',
    'Roles and access of your own account are changed by another person, or by the command of whoever runs the server.',
  ),
  password_too_short: entry(422, 'Password too short', 'A password has at least `min` characters.'),
  api_key_not_found: entry(404, 'API key not found', 'There is no API key with this id.'),
  staff_exists: entry(409, 'Account exists', 'Somebody in the console already has this e-mail address.'),
  export_limit_reached: passing(429, 'Too many exports', 'Other files are still being read. Wait for one.'),
  try_again: passing(
    503,
    'Try again',
    'Many requests met at one name and this one waited too long. Nothing was done; send it again.',
  ),
  unavailable: passing(
    503,
    'Unavailable',
    'The service cannot answer now. If the request was an order, look whether it was taken before sending it again.',
  ),
  internal_error: entry(
    500,
    'Internal error',
    'The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken.',
  ),
} as const

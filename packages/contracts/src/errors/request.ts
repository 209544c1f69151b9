import { entry, passing } from './entry.ts'

/** Refusals of any request, and of signing in. */
export const requestErrors = {
  malformed_json: entry(400, 'Malformed JSON', 'The body is not valid JSON.'),
  malformed_text: entry(
    400,
    'Malformed text',
    'The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.',
  ),
  body_required: entry(400, 'Body required', 'This operation needs a JSON body.'),
  invalid_request: entry(
    422,
    'Invalid request',
    'A parameter or a member of the body is missing, unknown or invalid; `detail` says which.',
  ),
  invalid_cursor: entry(
    422,
    'Unknown cursor',
    'This cursor is not from this list. Use the `next` of an earlier page, or no cursor to start from the beginning.',
  ),
  search_text_too_short: entry(
    422,
    'Search text too short',
    'A part of a label is searched for with at least `characters_min` letters or digits in a row. Use `starts_with` or `ends_with` for shorter texts.',
  ),
  search_too_broad: entry(
    422,
    'Search too broad',
    'No index answers this search quickly, and it was ended. Add a filter, such as a zone, a drop date or a longer text.',
  ),
  drop_list_not_found: entry(
    404,
    'Drop list not found',
    'There is no drop list with this id: none was written yet, or it is no longer kept. See `GET /v1/drop-lists`.',
  ),
  range_not_satisfiable: entry(
    416,
    'Range not satisfiable',
    'The file has fewer bytes than the range begins with; `bytes` is how many.',
  ),
  read_limit_reached: passing(
    429,
    'Too many requests at once',
    'Other searches and lists of your account are still running. Send the next when one is answered.',
  ),
  event_cursor_gone: entry(
    410,
    'Cursor expired',
    'Events after this cursor are no longer kept, or never existed here. Read the current state again, then continue from `oldest_cursor` or without a cursor.',
  ),
  too_many_streams: passing(
    429,
    'Too many streams',
    'Your account has `streams_max` streams of events open here. Close one, or let one stream serve several programs.',
  ),
  unsupported_media_type: entry(
    415,
    'Unsupported media type',
    'Send the body as JSON with the header `Content-Type: application/json`.',
  ),
  idempotency_key_missing: entry(
    400,
    'Idempotency-Key missing',
    'Send a header `Idempotency-Key` with a new value for each new request, and the same value whenever you repeat that request.',
  ),
  idempotency_key_malformed: entry(
    400,
    'Idempotency-Key malformed',
    'An Idempotency-Key has from 1 to 255 printable ASCII characters, as a UUID has.',
  ),
  idempotency_key_reused: entry(
    422,
    'Idempotency-Key reused',
    'This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.',
  ),
  request_in_progress: passing(
    409,
    'Request in progress',
    'The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.',
  ),
  precondition_required: entry(
    428,
    'Precondition required',
    'Send the `ETag` of what you read as `If-Match`, so that you do not overwrite what another has changed since; or `If-None-Match: *` to create what is not there yet.',
  ),
  precondition_malformed: entry(
    400,
    'Precondition malformed',
    'The header `If-Match` is `*` or a list of strong entity tags as `ETag` had them, and `If-None-Match` is `*`. Send one of them.',
  ),
  precondition_failed: entry(
    412,
    'Changed in the meantime',
    'It is not as you read it any more. Read it again, decide anew, and send the edit with the new `ETag`.',
  ),
  request_too_large: entry(413, 'Request too large', 'The body is larger than this operation accepts.'),
  request_timeout: passing(
    408,
    'Request too slow',
    'The body did not arrive in time. Nothing was done. Send the request again.',
  ),
  not_found: entry(404, 'Not found', 'There is nothing at this path. See /openapi.json for the paths.'),
  method_not_allowed: entry(
    405,
    'Method not allowed',
    'This path does not support this method. The header `Allow` lists those it does.',
  ),
  unauthenticated: entry(
    401,
    'Not authenticated',
    'Send a valid API key as `Authorization: Bearer dlk_…`. Test keys and live keys are not interchangeable, and revoked keys are refused.',
  ),
  account_suspended: entry(
    403,
    'Account suspended',
    'The account of this API key is suspended, and none of its keys is accepted. What it has ordered goes on. Contact us; the same keys work again when the account is resumed.',
  ),
  insufficient_scope: entry(
    403,
    'Insufficient scope',
    'The API key is valid but does not have the scope in `scope`. Use a key that has it.',
  ),
  rate_limited: passing(
    429,
    'Too many requests',
    'Your account has used up its requests of this minute, of the kind in `bucket` (`reads`: GET; `claims`: all others). `RateLimit` and `RateLimit-Policy` of every answer say what is left. Send it again after `Retry-After`.',
  ),
  address_limited: passing(
    429,
    'Too many requests without a valid key',
    'Too many requests without a valid API key came from your address. Requests with a key that works are still accepted.',
  ),
  address_not_allowed: entry(
    403,
    'Address not allowed',
    'The API key is valid but may be used from other addresses only. `address` is where this request came from. Its account sets the addresses of its keys.',
  ),
  session_required: entry(
    401,
    'Sign-in required',
    'You are not signed in, or your session has ended. Sign in, then send the request again.',
  ),
  invalid_credentials: entry(
    401,
    'Wrong email or password',
    'The e-mail address or the password is wrong, or there were too many attempts. Try again in a few minutes.',
  ),
  invalid_code: entry(
    401,
    'Wrong code',
    'The code is wrong, was used already, or there were too many attempts. Wait for the next code of your device, or use a recovery code.',
  ),
  challenge_expired: entry(
    401,
    'Sign-in expired',
    'The time between password and code is limited. Begin the sign-in again.',
  ),
  step_up_required: entry(
    403,
    'Confirm your identity',
    'This needs a proof of identity that is recent. Send your password, and a code if you have a second factor, to `POST /api/session/proof`; then send the request again.',
  ),
  second_factor_required: entry(
    403,
    'Second factor required',
    'Your roles require a second factor. Set one up, then send the request again.',
  ),
  second_factor_unavailable: entry(
    409,
    'Second factors not available',
    'The server has no key to encrypt second factors with, or another one than before. Ask who runs it to set `DROPLOCK_STAFF_SECRET_KEY`.',
  ),
  second_factor_not_found: entry(
    404,
    'No second factor',
    'There is no second factor, or none is being set up. Begin to set one up.',
  ),
  sign_in_locked: passing(
    429,
    'Too many attempts',
    'Too many sign-ins from your network have failed. Try again at or after `retry_at`.',
  ),
  forbidden: entry(403, 'Not allowed', 'Your roles do not include the permission in `permission`.'),
  csrf_token_invalid: entry(
    403,
    'CSRF token invalid',
    'Send the `csrf_token` of your session in the header `X-CSRF-Token` with every change.',
  ),
  cross_site_request: entry(
    403,
    'Request from another site',
    'The console accepts changes from its own pages only, and your browser reports another origin.',
  ),
  reason_required: entry(
    422,
    'Reason required',
    'Give a reason for this change; it is recorded in the audit log.',
  ),
  staff_not_found: entry(404, 'Person not found', 'There is no staff member with this id or e-mail address.'),
  staff_session_not_found: entry(
    404,
    'Session not found',
    'There is no open session with this id. It may have ended meanwhile.',
  ),
  staff_changed: entry(
    409,
    'Person changed meanwhile',
    'Another change of this person was made since you opened the form; `version` is the one in force.',
  ),
  staff_disabled: entry(409, 'Person disabled', 'This person is disabled. Enable them first.'),
  staff_link_invalid: entry(
    404,
    'Link not valid',
    'This link was used, replaced by a newer one, or has expired. Ask an administrator to send you another one.',
  ),
  identity_provider_unavailable: passing(
    503,
    'Identity provider not available',
    'Your identity provider cannot be reached, or its settings and those of the console do not agree. Try again in a minute; if it stays so, ask who runs the console to look at its log.',
  ),
  identity_answer_invalid: entry(
    401,
    'Sign-in not completed',
    'The identity provider did not complete the sign-in, or it took too long, or it was begun in another window. Begin again on the sign-in page.',
  ),
  identity_without_role: entry(
    403,
    'No role for you here',
    'Your identity provider says who you are, and gives you no role in this console. Ask for a group that has one, then sign in again.',
  ),
  identity_without_address: entry(
    403,
    'No verified email address',
    'Your identity provider does not say that your email address is verified. Ask who manages your account there, then sign in again.',
  ),
  identity_address_taken: entry(
    409,
    'Address belongs to another account',
    'An account with your email address exists here, and it is not connected to your identity. Administrators and people who are connected already sign in as before; ask an administrator if that is not you.',
  ),
  identity_disabled: entry(
    403,
    'Account disabled',
    'Your account in this console is disabled. Ask an administrator if that is a mistake.',
  ),
  identity_of_another: entry(
    403,
    'Another person',
    'You confirmed your identity as another person than the one who is signed in here. Use the same account at your identity provider.',
  ),
  identity_proof_old: entry(
    403,
    'Not confirmed again',
    'Your identity provider did not ask you to sign in again, so this proves nothing new. Sign out there, then confirm again.',
  ),
  own_account: entry(
    403,
    'Your own account',
    'You cannot change the roles or the access of your own account. Another administrator can, or `npm run admin` on the server.',
  ),
  last_admin: entry(
    409,
    'Last admin',
    'One active admin has to stay, or nobody could manage staff. Make another person an admin first.',
  ),
  password_too_common: entry(
    422,
    'Password too common',
    'The password is among those that are used, and so guessed, most often. Choose another one.',
  ),
  password_too_short: entry(422, 'Password too short', 'A password must have at least `min` characters.'),
  api_key_not_found: entry(404, 'API key not found', 'There is no API key with this id.'),
  api_key_revoked: entry(
    409,
    'API key revoked',
    'The key is revoked or expired, or was rotated already, and can no longer be changed.',
  ),
  api_key_limit_reached: entry(
    409,
    'Too many API keys',
    'Your account has `keys_max` keys that can be used. Revoke one first.',
  ),
  sub_account_not_found: entry(404, 'Sub-account not found', 'Your account has no sub-account with this id.'),
  sub_account_exists: entry(409, 'Sub-account exists', 'Another sub-account of your account has this label.'),
  sub_account_limit_reached: entry(
    402,
    'Limit of the sub-account reached',
    'The order would take more from the balance this month than the limit of its sub-account. Raise the limit, or wait for the next month.',
  ),
  key_exceeds_own: entry(
    403,
    'More than your own key',
    'A key never grants more than the key that makes or changes it: no other scopes, no later expiry, no other addresses. The member of the problem says which.',
  ),
  staff_exists: entry(409, 'Account exists', 'Another staff member already has this e-mail address.'),
  export_limit_reached: passing(
    429,
    'Too many exports',
    'Other exports are still running. Try again when one has finished.',
  ),
  try_again: passing(
    503,
    'Try again',
    'Many requests for the same thing arrived at once, and this one waited too long. Nothing was done. Send it again.',
  ),
  unavailable: passing(
    503,
    'Unavailable',
    'The service cannot answer at the moment. If this was an order, check whether it was placed before you send it again.',
  ),
  internal_error: entry(
    500,
    'Internal error',
    'This is our fault, and it is logged under `request_id`. If this was an order, check whether it was placed.',
  ),
} as const

import { formatMoney, isCurrency } from '@droplock/rules/money'
import { html, raw } from 'hono/html'
import { behaviourByCard } from '../processor/cards.ts'
import type { DeclineCode, IntentRecord } from '../processor/records.ts'

/** For light and dark mode. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 26rem; margin: 12vh auto; padding: 2rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px }
h1 { margin: 0 0 1rem; font-size: 1.25rem }
label, button { display: block; width: 100% }
select, button { box-sizing: border-box; width: 100%; margin-top: .5rem; padding: .6rem .75rem; font: inherit; border-radius: 8px }
button { margin-top: 1rem; border: 0; background: #1d4ed8; color: #fff; cursor: pointer }
button[value="no"] { background: none; color: inherit; border: 1px solid currentColor }
`

/** A page to pay with play money. It works without scripts. */
export function writePayPage(intent: IntentRecord) {
  const { name, return_url: returnUrl } = intent.metadata
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox payment</title><style>${raw(style)}</style></head>
<body>
<main>
<h1>Sandbox payment</h1>
<p>This is a test: no real money is used. Amount: <strong>${amountOf(intent)}</strong></p>
${name === undefined ? '' : html`<p>For: <strong>${name}</strong></p>`}
<p role="status">State: ${intent.status.replaceAll('_', ' ')}${
    intent.declineCode === undefined ? '' : ` (${intent.declineCode.replaceAll('_', ' ')})`
  }</p>
${resultOf(intent).map((line) => html`<p>${line}</p>`)}
${returnUrl === undefined ? '' : html`<p><a href="${returnUrl}">Return to the shop</a></p>`}
${intent.status === 'requires_payment_method' ? cardForm(intent) : ''}
${intent.status === 'requires_action' ? stepForm(intent) : ''}
</main>
</body>
</html>`
}

const CLOSE = 'You can close this page; the shop has the result.'

/** What became of the payment: where there is no way back to the shop, nothing else says it to the payer. */
function resultOf(intent: IntentRecord): readonly string[] {
  const onward = intent.metadata['return_url'] === undefined ? [CLOSE] : []
  switch (intent.status) {
    case 'succeeded':
      return ['The payment was made.', ...onward]
    case 'processing':
      return ['Your bank has not decided yet. There is nothing more to do.', ...onward]
    case 'canceled':
      return [
        'The time to pay is over, or the shop has cancelled this payment. Nothing was taken.',
        ...onward,
      ]
    case 'requires_payment_method':
      return intent.declineCode === undefined ? [] : [whyDeclined[intent.declineCode], stillPayable(intent)]
    case 'requires_action':
      return []
  }
}

const whyDeclined: Readonly<Record<DeclineCode, string>> = {
  card_declined: 'The card was declined. Nothing was taken.',
  insufficient_funds: 'The card has too little money for this payment. Nothing was taken.',
  expired_card: 'The card has expired. Nothing was taken.',
  authentication_failed: 'The payment was not confirmed at your bank. Nothing was taken.',
}

/** Of a declined payment: it can be paid with another card as long as its order waits. */
function stillPayable({ metadata: { name, pay_by: payBy } }: IntentRecord): string {
  const until = payBy === undefined ? '' : ` until ${payBy.slice(0, 16).replace('T', ' ')} UTC`
  return `${name === undefined ? 'You' : `${name} is still held for you: you`} can pay with another card${until}.`
}

function amountOf({ amountMinor, currency }: IntentRecord): string {
  return isCurrency(currency) ? formatMoney({ amountMinor, currency }) : `${amountMinor} ${currency}`
}

function cardForm({ secret }: IntentRecord) {
  const options = [...behaviourByCard].map(
    ([number, behaviour]) =>
      html`<option value="${number}">${number} – ${behaviour.replaceAll('_', ' ')}</option>`,
  )
  return html`<form method="post">
<input type="hidden" name="client_secret" value="${secret}">
<label>Card <select name="card">${options}</select></label>
<button>Pay</button>
</form>`
}

function stepForm({ secret }: IntentRecord) {
  return html`<form method="post">
<p>Your bank asks you to confirm this payment.</p>
<input type="hidden" name="client_secret" value="${secret}">
<button name="passed" value="yes">Confirm</button>
<button name="passed" value="no">Decline</button>
</form>`
}

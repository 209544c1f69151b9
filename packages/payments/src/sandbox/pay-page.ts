import { isCurrency } from '@droplock/rules/money/currency'
import { formatMoney } from '@droplock/rules/money/money'
import { html } from 'hono/html'
import { behaviourByCard } from '../processor/cards.ts'
import type { IntentRecord } from '../processor/records.ts'

/** A page on which a person pays with play money: works without scripts. */
export function writePayPage(intent: IntentRecord) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox payment</title></head>
<body>
<main>
<h1>Sandbox payment</h1>
<p>No real money. To pay: <strong>${amountOf(intent)}</strong></p>
<p role="status">State: ${intent.status.replaceAll('_', ' ')}${
    intent.declineCode === undefined ? '' : ` (${intent.declineCode.replaceAll('_', ' ')})`
  }</p>
${intent.status === 'requires_payment_method' ? cardForm(intent) : ''}
${intent.status === 'requires_action' ? stepForm(intent) : ''}
</main>
</body>
</html>`
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
<p>Your bank asks whether it is you.</p>
<input type="hidden" name="client_secret" value="${secret}">
<button name="passed" value="yes">It is me</button>
<button name="passed" value="no">It is not</button>
</form>`
}

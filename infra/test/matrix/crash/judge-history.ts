import type { Call } from './history.ts'
import type { Stage } from './stage.ts'

/** What was answered to customers and operators is what is there: nothing acknowledged is lost, nothing exists that nobody was answered. */
export async function judgeHistory({ ctx, history, operators }: Stage): Promise<readonly string[]> {
  const orders = await ctx.db
    .selectFrom('backorder')
    .select(['id', 'name', 'account_id', 'price_minor'])
    .execute()
  const byId = new Map(orders.map((order) => [order.id, order]))
  const placed = history.calls.filter(({ what }) => what === 'place')
  const acknowledged = placed.filter(isDone)
  const refunds = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('proposed_by', 'is not', null)
    .where('state', '=', 'succeeded')
    .execute()
  const paid = new Set(refunds.map(({ id }) => id))
  return [
    ...acknowledged.flatMap(({ name, accountId, settled: { body } }) => {
      const order = byId.get(String(body['id']))
      if (order === undefined) return [`the order of ${name} was acknowledged and is lost`]
      const isSame = order.name === name && order.account_id === accountId
      return isSame && Number(order.price_minor) === amountOf(body)
        ? []
        : [`the order of ${name} is not what was acknowledged`]
    }),
    ...[...Map.groupBy(placed, ({ name }) => name ?? '')].flatMap(([name, calls]) =>
      wrongWinners(name, calls),
    ),
    ...(orders.length === acknowledged.length
      ? []
      : [`there are ${orders.length} orders, and ${acknowledged.length} were acknowledged`]),
    ...[...new Set(operators.acknowledged())]
      .filter((id) => !paid.has(id))
      .map((id) => `the refund ${id} was acknowledged to an operator, and is not paid`),
    ...(await history.repeat()),
  ]
}

const isDone = ({ settled }: Call) => settled.status < 400

function amountOf(body: Call['settled']['body']): number {
  return Number((body['price'] as { readonly amount_minor?: number } | undefined)?.amount_minor)
}

/** Of those who wanted a name one has it, and the others were refused because it is taken. */
function wrongWinners(name: string, calls: readonly Call[]): readonly string[] {
  const winners = calls.filter(isDone).length
  const others = calls.filter((call) => !isDone(call)).map(({ settled }) => settled.body['code'])
  return [
    ...(winners === 1 ? [] : [`${winners} orders of ${name} were acknowledged`]),
    ...others
      .filter((code) => code !== 'name_taken')
      .map((code) => `an order of ${name} was refused: ${code}`),
  ]
}

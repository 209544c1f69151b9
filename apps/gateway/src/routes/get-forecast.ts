import { Forecast, getForecast } from '@droplock/contracts/gateway/get-forecast'
import type { Due } from '@droplock/core/accounts/get-forecast'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentMoney } from '../present/money.ts'

export function routeGetForecast(app: Gateway): void {
  app.openapi(getForecast, async (c) => {
    const { until } = c.req.valid('query')
    const { currency, ...forecast } = await c.var.services.getForecast(c.var.actor, until)
    const due = ({ count, amountMinor }: Due) => ({ count, amount: presentMoney(amountMinor, currency) })
    return reply(c, 200, Forecast, {
      until: forecast.until.toISOString(),
      balance: presentMoney(forecast.balanceMinor, currency),
      available: presentMoney(forecast.availableMinor, currency),
      undecided: presentMoney(forecast.undecidedMinor, currency),
      to_pay: due(forecast.toPay),
      watched: due(forecast.watched),
      renewals: due(forecast.renewals),
      shortfall: presentMoney(forecast.shortfallMinor, currency),
    })
  })
}

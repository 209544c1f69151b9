import type { Context } from '../context.ts'

/** How many registry accounts there are, by what is behind them: they decide whose money may buy names here. */
export async function countRegistryAccounts(
  ctx: Context,
): Promise<{ readonly real: number; readonly simulated: number }> {
  const rows = await ctx.db
    .selectFrom('registry_account')
    .select((eb) => ['is_simulator', eb.fn.countAll<bigint>().as('accounts')])
    .groupBy('is_simulator')
    .execute()
  const countOf = (simulator: boolean) =>
    Number(rows.find((row) => row.is_simulator === simulator)?.accounts ?? 0n)
  return { real: countOf(false), simulated: countOf(true) }
}

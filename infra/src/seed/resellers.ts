/** A reseller of the demo. */
export type DemoReseller = {
  readonly name: string
  readonly currency: string
  readonly balanceMinor: bigint
  /** Known to everybody who can read this: good for simulated registries only, which is why seeding fails closed. */
  readonly apiKey: string
}

/** One for each currency that is sold; the balances pay for thousands of names. */
export const demoResellers: readonly DemoReseller[] = [
  {
    name: 'Anchor Names',
    currency: 'USD',
    balanceMinor: 10_000_000n,
    apiKey: 'dlk_test_demo-anchor-names-usd-0000000001',
  },
  {
    name: 'Birke Domains',
    currency: 'EUR',
    balanceMinor: 10_000_000n,
    apiKey: 'dlk_test_demo-birke-domains-eur-0000000002',
  },
  {
    name: 'Camphor Registrar',
    currency: 'CNY',
    balanceMinor: 70_000_000n,
    apiKey: 'dlk_test_demo-camphor-registrar-cny-0000000003',
  },
]

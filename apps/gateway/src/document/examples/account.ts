import { listing } from './orders.ts'
import { at, id, one, price, type SchemaExamples, usd } from './story.ts'

const scopes = ['listings:read', 'backorders:read', 'backorders:write', 'balance:read']

const key = {
  id: id.key,
  label: 'shop, production',
  scopes,
  created_at: at.published,
  expires_at: '2027-02-11T00:00:00.000Z',
  allowed_addresses: ['198.51.100.0/24'],
  current: false,
}

const subAccount = {
  id: id.subAccount,
  label: 'Berlin',
  monthly_limit: usd(50_000),
  spent: usd(1_900),
  month: '2026-02',
  created_at: at.published,
}

const none = { count: 0, amount: usd(0) }

const account = {
  id: id.account,
  name: 'Example Ltd',
  currency: 'USD',
  low_balance: usd(5_000),
  created_at: '2026-01-05T14:20:31.007Z',
}

const billingProfile = {
  legal_name: 'Example Ltd',
  address: ['1 Main Street', 'London SW1A 1AA'],
  country: 'GB',
  tax_id: 'GB123456789',
  email: 'accounts@example.com',
}

const invoice = {
  id: id.invoice,
  kind: 'invoice',
  number: 'INV-2026-000042',
  issued_at: '2026-02-16T09:00:00.000Z',
  backorder_id: id.won,
  seller: {
    legal_name: 'Droplock Ltd',
    address: ['1 Some Street', 'Dublin'],
    country: 'IE',
    tax_id: 'IE1234567X',
  },
  buyer: billingProfile,
  line: {
    of: 'registration',
    name: 'example.com',
    name_unicode: 'example.com',
    years: 1,
    service_from: at.caught,
    service_to: at.expiry,
  },
  gross: price,
  net: usd(1_545),
  tax: usd(355),
  tax_basis_points: 2_300,
}

const sha256 = '0696573e45ffea435cc53308a1c3aaac44bcbfda9b5a9098ee06698a273ddd07'
const dropList = { id: id.dropList, made_at: at.published, names: 74_903, bytes: 512_331, sha256 }

const zone = {
  zone: 'com',
  unicode_zone: 'com',
  takes_orders: true,
  label: { characters_min: 1, characters_max: 63, pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' },
  prices: [
    { kind: 'length', match: '3', price: usd(9_900) },
    { kind: 'tier', match: 'standard', price },
  ],
  renewal_price: usd(1_500),
  late_renewal_days: 30,
  release: 'daily_batch',
  drop_time_zone: 'America/New_York',
  drop_starts_at: ['14:00'],
  drop_lasts_seconds: 3_600,
  cutoff_lead_seconds: 14_400,
  premium_names: true,
  contact_roles: ['registrant'],
}

const watch = { name: 'example.com', created_at: at.published, listing }

/** Of the account itself, its keys and money, and of what everybody can read. */
export const accountExamples: SchemaExamples = {
  ApiKey: one(key),
  ApiKeyPage: one({ items: [{ ...key, last_used_on: '2026-02-12', current: true }] }),
  CreateApiKey: one({
    label: 'shop, production',
    scopes,
    expires_at: '2027-02-11T00:00:00Z',
    allowed_addresses: ['198.51.100.0/24'],
  }),
  NewApiKey: one(
    { ...key, key: 'dlk_test_BAO0p21VDrraO9gkBVIwIcfZgWpHUCVewbhYFyvUEYA19WtkQ' },
    'The key, which is shown only here',
  ),
  UpdateApiKey: one({ label: 'shop, staging', allowed_addresses: null }),
  RotateApiKey: one({ overlap_seconds: 3_600 }),
  SubAccount: one(subAccount),
  SubAccountPage: one({ items: [subAccount] }),
  CreateSubAccount: one({ label: 'Berlin', monthly_limit: usd(50_000) }),
  UpdateSubAccount: one({ monthly_limit: usd(80_000) }),
  Account: one(account),
  UpdateAccount: one({ low_balance: usd(5_000) }),
  Balance: one({
    balance: usd(98_100),
    credit_limit: usd(0),
    available: usd(98_100),
    in_escrow: usd(1_900),
  }),
  TopUp: one({ amount_minor: 5_000, return_url: 'https://shop.example.com/balance' }),
  TransactionPage: one({
    items: [
      {
        id: id.won,
        cause: 'secure',
        amount: usd(-1_900),
        backorder_id: id.won,
        name: 'example.com',
        posted_at: at.ordered,
      },
      { id: id.topUp, cause: 'top_up', amount: usd(100_000), posted_at: at.published },
    ],
  }),
  Statement: one({
    from: '2026-02-01T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    opening: usd(0),
    activity: [
      { cause: 'secure', count: 1, credit: usd(0), debit: usd(1_900) },
      { cause: 'top_up', count: 1, credit: usd(100_000), debit: usd(0) },
    ],
    closing: usd(98_100),
  }),
  Forecast: one({
    until: '2026-03-01T00:00:00.000Z',
    balance: usd(98_100),
    available: usd(98_100),
    undecided: usd(1_900),
    to_pay: none,
    watched: { count: 1, amount: usd(1_900) },
    renewals: none,
    shortfall: usd(0),
  }),
  BillingProfile: one(billingProfile),
  Invoice: one(invoice),
  InvoicePage: one({ items: [invoice] }),
  Watch: one(watch),
  WatchPage: one({ items: [watch] }),
  Publication: one({ next: { from: '2026-02-15T09:30:00.000Z', to: '2026-02-15T10:00:00.000Z' } }),
  DropListPage: one({ items: [dropList] }),
  DropListDetail: one({
    ...dropList,
    zones: [
      { zone: 'com', names: 68_120, bytes: 466_020, sha256 },
      { zone: 'net', names: 6_783, bytes: 46_311, sha256 },
    ],
  }),
  CalendarAddress: one({
    path: '/v1/calendar.ics?token=dlc_test_01985f3b-02d1-7a36-9c1e-5e8d41f7a210_za-aThDCm-Cn7Gb3elxocxxSuZOdBMLkUCg12_lZOH4',
  }),
  ZoneStatisticsPage: one({
    items: [
      {
        zone: 'com',
        results: [
          {
            release: 'daily_batch',
            price_from: usd(0),
            price_below: usd(2_500),
            orders: 1_240,
            success_percent: 38,
            lost_percent: 55,
            creates_per_success: 14.2,
            wasted_percent: 9,
            lost_within: { ms10: 21, ms100: 64, s1: 88, s10: 97 },
          },
        ],
      },
    ],
  }),
  ZonePage: one({ items: [zone] }),
  ZoneDetail: one(zone),
}

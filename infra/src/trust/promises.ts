/** What each part of `npm run trust` shows, in a sentence for docs/trust.md. */
export const promises: Readonly<Record<string, string>> = {
  attack:
    'Floods, slow clients, malformed requests, bombs, guessed passwords, forged webhooks and walks through all operations, on every process that listens: none ends a process, is answered with a 5xx, shows anything, or keeps a good client out.',
  crash:
    'Every app and PostgreSQL are killed at each step of placing, paying, publishing, firing, settling, refunding and delivering: nothing that was acknowledged is lost, and nothing is done twice.',
  doors:
    'Requests that are generated from both API documents, valid and hostile: every answer is documented, and none is a 5xx.',
  dropday:
    'Bursts of orders with a fault in the middle of the drop: every order ends as the registry has it, within all limits, and money, events and statistics agree.',
  faults:
    'Every fault of a registry on every command of the EPP client: what the client concludes is what the registry did.',
  freeze:
    'Every process is stopped for longer than its lease, and continued: it does nothing with what it no longer holds.',
  kills: 'The catcher is killed at the worst moments of a drop: every outcome is the registry’s.',
  money:
    'Random steps of orders, payments, refunds and disputes, with faulty writes among them: books, orders, refunds and the provider agree after every step. Each constraint is taken away once, and its absence is noticed.',
  network:
    'Every connection between two processes is slowed down, cut, halved and reset in the middle of its work: nothing is lost, and nothing is done twice.',
  profiles:
    'An hour at each kind of registry, at full strength and with nothing to do, in simulated time: no limit is exceeded.',
  'profiles-process':
    'The catcher as a process against each kind of registry and every fault of it: no limit is exceeded, and every outcome is right.',
  simulation:
    'Plan, pool, catcher and settlement in simulated time, with crashes and faults: every invariant holds after every step, and a seed repeats a run.',
}

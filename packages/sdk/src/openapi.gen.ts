// Written by `npm run generate` from packages/contracts/openapi.json.

export interface paths {
    readonly "/v1/listings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Search the names that are about to drop */
        readonly get: operations["searchListings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/listings/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read the latest listing of a name */
        readonly get: operations["getListing"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the account's backorders, newest first */
        readonly get: operations["listBackorders"];
        readonly put?: never;
        /**
         * Secure a name
         * @description The first account to order and pay has the name alone: there is no auction, and a paid order cannot be cancelled. If the name is not caught, the whole price is refunded. An order by card stands even when the payment provider does not answer in time: it has no `client_secret` yet then, and reading the payment gives it later.
         */
        readonly post: operations["placeBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a backorder with everything that was tried for it */
        readonly get: operations["getBackorder"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/attempts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List everything that was tried for a backorder, newest first */
        readonly get: operations["listAttempts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Release an order that is not paid yet
         * @description The name is free for others at once. It is not held unpaid again in this cycle, and a payment that arrives all the same goes back or takes the name if it is still free. A paid order cannot be cancelled.
         */
        readonly post: operations["releaseBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open another card payment for a held order
         * @description For another try while the order is held, with the same `pay_by`; a declined payment may also be paid with another card as it is. If two of them are captured, one secures the order and the other goes back.
         */
        readonly post: operations["payBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a card payment for a name without holding it
         * @description For a name that nobody may hold unpaid any more (`hold_not_available`). Others are not kept from it meanwhile: the first money that is captured secures the name, and the payment then has a `backorder_id`. Money that comes too late goes back by itself.
         */
        readonly post: operations["payForName"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a payment with what came back of it */
        readonly get: operations["getPayment"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/renewal-quote": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ask what renewing a caught name would cost, and until when it would last */
        readonly get: operations["quoteRenewal"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/renewals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Renew a caught name
         * @description On a quote, whose price and expiry are repeated here: nothing is paid on others. A name has one renewal at a time, so repeating an order pays nothing twice. If the registry refuses, the whole price is refunded.
         */
        readonly post: operations["orderRenewal"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the account's renewals, newest first */
        readonly get: operations["listRenewals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a renewal */
        readonly get: operations["getRenewal"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open another card payment for an unpaid renewal
         * @description For another try while the renewal waits, with the same `pay_by`; a declined payment may also be paid with another card as it is. If two of them are captured, one pays the renewal and the other goes back.
         */
        readonly post: operations["payRenewal"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/top-ups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a card payment that tops up the balance
         * @description The balance grows when the payment is captured.
         */
        readonly post: operations["topUp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/balance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read the balance of the account */
        readonly get: operations["getBalance"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List every movement of the balance, newest first */
        readonly get: operations["listTransactions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/billing-profile": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read whom invoices are for */
        readonly get: operations["getBillingProfile"];
        /**
         * Say whom invoices are for
         * @description Replaces the whole profile. Invoices that were issued keep what they say.
         */
        readonly put: operations["putBillingProfile"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/invoice": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Request the invoice of a successful backorder
         * @description There is one invoice per backorder, and asking again gives the same one. What was refunded before has its credit notes at once.
         */
        readonly post: operations["requestInvoice"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}/invoice": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Request the invoice of a successful renewal
         * @description There is one invoice per renewal, and asking again gives the same one. What was refunded before has its credit notes at once.
         */
        readonly post: operations["requestRenewalInvoice"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the account's invoices and credit notes, newest first */
        readonly get: operations["listInvoices"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read an invoice or a credit note */
        readonly get: operations["getInvoice"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}/pdf": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an invoice or a credit note as PDF
         * @description The same octets every time.
         */
        readonly get: operations["getInvoicePdf"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}/html": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an invoice or a credit note as a page to print
         * @description One self-contained page without scripts, for A4.
         */
        readonly get: operations["getInvoiceHtml"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/statement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the account statement of a period
         * @description The period holds `from` and ends before `to`, so that statements of adjoining periods add up.
         */
        readonly get: operations["getStatement"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/forecast": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Forecast what the names that close soon and the renewals due would cost */
        readonly get: operations["getForecast"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watches/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Watch a name
         * @description Any name, listed or not. Nobody else sees it. Watching a name that is watched changes nothing.
         */
        readonly put: operations["watchName"];
        readonly post?: never;
        /** Take a name off the watch list */
        readonly delete: operations["unwatchName"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watches": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the watched names with their latest listings, by name */
        readonly get: operations["listWatches"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Money: {
            /**
             * @description In minor units: 1250 of USD is 12.50
             * @example 1250
             */
            readonly amount_minor: number;
            /**
             * @description ISO 4217
             * @example USD
             */
            readonly currency: string;
        };
        readonly ListingPage: {
            readonly items: readonly components["schemas"]["Listing"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Listing: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @example com */
            readonly zone: string;
            /**
             * @description How many times the name has been listed
             * @example 1
             */
            readonly cycle: number;
            /** @enum {string} */
            readonly state: "upcoming" | "open" | "closed" | "dropping" | "caught" | "lost" | "missed" | "premium" | "withdrawn" | "refused" | "unsold";
            /** @description Whether an order would be accepted now, money aside */
            readonly orderable: boolean;
            /** @description Somebody holds the backorder of this name */
            readonly held: boolean;
            readonly held_by_you: boolean;
            /** @description The registry asks a premium price */
            readonly premium: boolean;
            /** @description The registry will not release it */
            readonly reserved: boolean;
            /** @description It vanished from its registry's list and is being checked */
            readonly suspect: boolean;
            readonly price?: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly opens_at: string;
            /**
             * Format: date-time
             * @description Orders are accepted before this
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @description The registry is expected to release the name from `drop_from` to here
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
        };
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description Where the error is explained
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description What happened this time, for people */
            readonly detail: string;
            /**
             * @description For programs; stable. New codes may be added
             * @example name_taken
             */
            readonly code: string;
            /** @description Whether the same request may succeed a little later */
            readonly retryable: boolean;
            readonly request_id: string;
        } & {
            readonly [key: string]: unknown;
        };
        readonly PlacedBackorder: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When an order that is paid by card lapses if it is still unpaid, or would have
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description The registry's creation date of the registration we won
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            readonly payment?: components["schemas"]["Payment"];
        };
        /** @description What is waited for until `pay_by`; there when the order is paid by card */
        readonly Payment: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly purpose: "backorder" | "top_up" | "renewal";
            /** @enum {string} */
            readonly method: "balance" | "card";
            /**
             * @description `failed`: the card was declined; another may be tried until `pay_by`
             * @enum {string}
             */
            readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back";
            readonly amount: components["schemas"]["Money"];
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description Its money secures the backorder or pays the renewal */
            readonly secures: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /** @description Lets its bearer pay, in the payment provider's form in the payer's browser. A secret: keep it out of logs and addresses. Absent once nothing can be paid, and while the provider does not answer: read the payment again then */
            readonly client_secret?: string;
            /**
             * @description Beside every `client_secret`: where the payer pays. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, for play money
             * @enum {string}
             */
            readonly provider?: "stripe" | "sandbox";
            /** @description Of `stripe`: the key that Stripe.js is loaded with. Public. Absent where the operator gives it out in another way */
            readonly publishable_key?: string;
            /**
             * Format: uri
             * @description Of `sandbox`: a page to pay at, with the cards of the sandbox. It holds the `client_secret`, and is as secret as that
             */
            readonly pay_url?: string;
        };
        readonly PlaceBackorder: {
            /**
             * @description A domain name, as A-labels or in Unicode, in any case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `balance`: paid at once from the balance of the account. `card`: held for you until `pay_by`, and yours when the card payment is captured by then
             * @enum {string}
             */
            readonly payment: "balance" | "card";
        };
        readonly BackorderPage: {
            readonly items: readonly components["schemas"]["Backorder"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Backorder: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When an order that is paid by card lapses if it is still unpaid, or would have
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description The registry's creation date of the registration we won
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
        };
        readonly BackorderDetail: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When an order that is paid by card lapses if it is still unpaid, or would have
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description The registry's creation date of the registration we won
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            /** @description What was tried, newest first; the newest 100 */
            readonly attempts: readonly components["schemas"]["Attempt"][];
            /** @description The cursor of the next page of attempts; absent where these are all */
            readonly attempts_next?: string;
            readonly attempts_removed?: components["schemas"]["RemovedAttempts"];
            readonly deciding_attempt?: components["schemas"]["Attempt"] & unknown;
            readonly outcome?: components["schemas"]["DropOutcome"];
            /**
             * Format: date-time
             * @description The end of the registration we won, as last told
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            /** @description Every payment for it, whatever came of it, oldest first */
            readonly payments: readonly components["schemas"]["Payment"][];
            readonly refunds: readonly components["schemas"]["Refund"][];
        };
        readonly Attempt: {
            /** @enum {string} */
            readonly command: "create" | "info" | "fee_check" | "rdap";
            /**
             * Format: date-time
             * @description By our clock, to the millisecond
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly sent_at: string;
            /**
             * @description `unknown`: it left and no answer came
             * @enum {string}
             */
            readonly outcome: "answered" | "not_sent" | "unknown";
            /** @example 12.417 */
            readonly round_trip_ms?: number;
            /**
             * @description EPP result code; of `rdap` the HTTP status
             * @example 2302
             */
            readonly code?: number;
            readonly message?: string;
            /** @description Our transaction id */
            readonly cltrid: string;
            /** @description The registry's transaction id */
            readonly svtrid?: string;
            /** @description Its answer decided the outcome */
            readonly decided: boolean;
        };
        /** @description How many more were made; absent where all are kept */
        readonly RemovedAttempts: {
            /** @description Attempts that were made and are not kept any more */
            readonly count: number;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly first_sent_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly last_sent_at: string;
        };
        readonly DropOutcome: {
            /** @enum {string} */
            readonly result: "registered" | "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @description The EPP result code that decided it */
            readonly code?: number;
            /**
             * @description What showed it: the registry's answer to our create (`create`), what the registry tells of the name (`info`), its quote of the fee (`fee_check`), what it publishes by RDAP (`rdap`), or only that the name is there and the registry says it is not ours (`presumed`)
             * @enum {string}
             */
            readonly basis?: "create" | "info" | "fee_check" | "rdap" | "presumed";
            /** @description The registrar that has the name now */
            readonly holder_clid?: string;
        };
        readonly Refund: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly cause: "backorder_failed" | "late_payment" | "duplicate_payment" | "renewal_failed" | "manual";
            /** @enum {string} */
            readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
            /**
             * @description The card it was paid with or the balance it was paid from; the balance where the account owes money
             * @enum {string}
             */
            readonly destination: "balance" | "original_payment";
            readonly amount: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
        };
        readonly AttemptPage: {
            readonly items: readonly components["schemas"]["Attempt"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
            readonly removed?: components["schemas"]["RemovedAttempts"];
        };
        readonly PayForName: {
            /**
             * @description A domain name, as A-labels or in Unicode, in any case
             * @example example.com
             */
            readonly name: string;
        };
        readonly PaymentDetail: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly purpose: "backorder" | "top_up" | "renewal";
            /** @enum {string} */
            readonly method: "balance" | "card";
            /**
             * @description `failed`: the card was declined; another may be tried until `pay_by`
             * @enum {string}
             */
            readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back";
            readonly amount: components["schemas"]["Money"];
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description Its money secures the backorder or pays the renewal */
            readonly secures: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /** @description Lets its bearer pay, in the payment provider's form in the payer's browser. A secret: keep it out of logs and addresses. Absent once nothing can be paid, and while the provider does not answer: read the payment again then */
            readonly client_secret?: string;
            /**
             * @description Beside every `client_secret`: where the payer pays. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, for play money
             * @enum {string}
             */
            readonly provider?: "stripe" | "sandbox";
            /** @description Of `stripe`: the key that Stripe.js is loaded with. Public. Absent where the operator gives it out in another way */
            readonly publishable_key?: string;
            /**
             * Format: uri
             * @description Of `sandbox`: a page to pay at, with the cards of the sandbox. It holds the `client_secret`, and is as secret as that
             */
            readonly pay_url?: string;
            /** @description What came back of it, oldest first */
            readonly refunds: readonly components["schemas"]["Refund"][];
        };
        readonly RenewalQuote: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            readonly years: number;
            readonly price: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @description The expiry as the registry told it last
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at: string;
            /**
             * Format: date-time
             * @description Until then at most: price and expiry may change before
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly valid_until: string;
        };
        readonly OrderedRenewal: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `paid` and `renewing`: paid, and being carried out at the registry
             * @enum {string}
             */
            readonly state: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
            readonly years: number;
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description The expiry that it was ordered on
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly quoted_expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at?: string;
            /**
             * @description `refused`: the registry forbids it. `not_held`: the name is no longer here. `expiry_moved`: the registry has another expiry; ask for a new quote. `unavailable`: the registry could not carry it out for days
             * @enum {string}
             */
            readonly failure_reason?: "refused" | "not_held" | "expiry_moved" | "unavailable";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly paid_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            readonly payment?: components["schemas"]["Payment"] & unknown;
        };
        readonly OrderRenewal: {
            readonly years: number;
            /**
             * @description `balance`: paid at once from the balance of the account. `card`: to be paid until `pay_by`
             * @enum {string}
             */
            readonly payment: "balance" | "card";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description As quoted
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
        };
        readonly RenewalPage: {
            readonly items: readonly components["schemas"]["Renewal"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Renewal: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `paid` and `renewing`: paid, and being carried out at the registry
             * @enum {string}
             */
            readonly state: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
            readonly years: number;
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description The expiry that it was ordered on
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly quoted_expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at?: string;
            /**
             * @description `refused`: the registry forbids it. `not_held`: the name is no longer here. `expiry_moved`: the registry has another expiry; ask for a new quote. `unavailable`: the registry could not carry it out for days
             * @enum {string}
             */
            readonly failure_reason?: "refused" | "not_held" | "expiry_moved" | "unavailable";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly paid_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
        };
        readonly TopUp: {
            /**
             * @description In minor units of the currency of the account
             * @example 50000
             */
            readonly amount_minor: number;
        };
        readonly Balance: {
            readonly balance: components["schemas"]["Money"] & unknown;
            readonly credit_limit: components["schemas"]["Money"] & unknown;
            readonly available: components["schemas"]["Money"] & unknown;
            readonly in_escrow: components["schemas"]["Money"] & unknown;
        };
        readonly TransactionPage: {
            readonly items: readonly components["schemas"]["Transaction"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Transaction: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly cause: "top_up" | "top_up_reversed" | "secure" | "settle" | "refund" | "refund_expired" | "dispute" | "dispute_won";
            readonly amount: components["schemas"]["Money"] & unknown;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly posted_at: string;
        };
        readonly BillingProfile: {
            /** @example Example Domains GmbH */
            readonly legal_name: string;
            /**
             * @description Its lines as on an envelope, without the country
             * @example [
             *       "Beispielweg 7",
             *       "10115 Berlin"
             *     ]
             */
            readonly address: readonly string[];
            /**
             * @description ISO 3166-1 alpha-2
             * @example DE
             */
            readonly country: string;
            /**
             * @description Such as a VAT number; left out where there is none
             * @example DE123456789
             */
            readonly tax_id?: string;
            /**
             * Format: email
             * @description Where invoices are to go
             * @example accounts@example.com
             */
            readonly email: string;
        };
        readonly Invoice: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly kind: "invoice" | "credit_note";
            /**
             * @description Without a gap in its series; of a test it begins with TEST
             * @example INV-2026-000017
             */
            readonly number: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly issued_at: string;
            /**
             * Format: uuid
             * @description What the invoice of a backorder is of
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @description What the invoice of a renewal is of
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description Of a credit note: the invoice it takes back from, and the refund it is for */
            readonly credits?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly invoice_id: string;
                readonly number: string;
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly refund_id: string;
            };
            readonly seller: {
                readonly legal_name: string;
                readonly address: readonly string[];
                /**
                 * @description ISO 3166-1 alpha-2
                 * @example DE
                 */
                readonly country: string;
                readonly tax_id?: string;
            };
            readonly buyer: {
                readonly legal_name: string;
                readonly address: readonly string[];
                /**
                 * @description ISO 3166-1 alpha-2
                 * @example DE
                 */
                readonly country: string;
                readonly tax_id?: string;
                readonly email: string;
            };
            readonly line: {
                /** @enum {string} */
                readonly of: "registration" | "renewal";
                /**
                 * @description A-labels, lower case
                 * @example example.com
                 */
                readonly name: string;
                readonly name_unicode: string;
                readonly years: number;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly service_from: string;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly service_to: string;
            };
            readonly gross: components["schemas"]["Money"] & unknown;
            readonly net: components["schemas"]["Money"];
            readonly tax: components["schemas"]["Money"] & unknown;
            /**
             * @description 1900 is 19 %
             * @example 1900
             */
            readonly tax_basis_points: number;
            readonly tax_note?: string;
        };
        readonly InvoicePage: {
            readonly items: readonly components["schemas"]["Invoice"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Statement: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly to: string;
            readonly opening: components["schemas"]["Money"] & unknown;
            readonly activity: readonly components["schemas"]["Activity"][];
            readonly closing: components["schemas"]["Money"] & unknown;
        };
        readonly Activity: {
            /** @enum {string} */
            readonly cause: "top_up" | "top_up_reversed" | "secure" | "settle" | "refund" | "refund_expired" | "dispute" | "dispute_won";
            readonly count: number;
            readonly credit: components["schemas"]["Money"] & unknown;
            readonly debit: components["schemas"]["Money"] & unknown;
        };
        readonly Forecast: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly until: string;
            readonly balance: components["schemas"]["Money"];
            readonly available: components["schemas"]["Money"] & unknown;
            readonly undecided: components["schemas"]["Money"] & unknown;
            readonly to_pay: components["schemas"]["Due"];
            readonly watched: components["schemas"]["Due"] & unknown;
            readonly renewals: components["schemas"]["Due"] & unknown;
            readonly shortfall: components["schemas"]["Money"] & unknown;
        };
        /** @description Orders that are held unpaid and close by `until` */
        readonly Due: {
            readonly count: number;
            readonly amount: components["schemas"]["Money"];
        };
        readonly Watch: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            readonly listing?: components["schemas"]["Listing"] & unknown;
        };
        readonly WatchPage: {
            readonly items: readonly components["schemas"]["Watch"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly searchListings: {
        readonly parameters: {
            readonly query?: {
                /** @description Found anywhere in the name; A-labels, any case */
                readonly q?: string;
                readonly zone?: string;
                readonly state?: "upcoming" | "open" | "closed" | "dropping" | "caught" | "lost" | "missed" | "premium" | "withdrawn" | "refused" | "unsold";
                /** @description By the cut-off, soonest first, or by name */
                readonly order?: "cutoff" | "name";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of listings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ListingPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getListing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in any case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The listing */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `listing_not_found`: The name is on no drop list that was published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_name`: The text is not a domain name that can be registered: exactly one label below a zone.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listBackorders: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of backorders */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackorderPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly placeBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PlaceBackorder"];
            };
        };
        readonly responses: {
            /** @description The name is secured, or held until it is paid */
            readonly 201: {
                headers: {
                    /** @description The path of the backorder */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PlacedBackorder"];
                };
            };
            /**
             * @description `malformed_json`: The body is not valid JSON. Correct its syntax.
             *
             *     `body_required`: The operation needs a JSON body and none was sent.
             *
             *     `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.
             */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_balance`: The account's balance and credit do not cover the price. Top up and order again. */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `listing_not_found`: The name is on no drop list that was published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_timeout`: The body did not arrive in time, and nothing was done. Send the same request again. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `listing_not_open_yet`: The name is known but orders have not opened. Try again from the time in `opens_at`.
             *
             *     `listing_closed`: The listing takes no orders any more: it is dropping or has ended.
             *
             *     `cutoff_passed`: Orders for this name ended some hours before its deletion.
             *
             *     `zone_disabled`: New orders in this zone are stopped for now. Orders that are already secured stay valid.
             *
             *     `name_premium`: The registry asks a premium price for this name; those cannot be backordered.
             *
             *     `name_reserved`: The registry will not release this name for registration.
             *
             *     `name_suspect`: The name vanished from its registry's list. It can be ordered again if its deletion is confirmed.
             *
             *     `name_taken`: Someone holds the backorder of this name. There is one per name and no auction.
             *
             *     `already_yours`: Your account holds this name, and nothing was ordered or paid twice: `backorder_id` names the order. Repeating an order whose answer was lost is answered so.
             *
             *     `price_unavailable`: There is no price for this name in the currency of the account.
             *
             *     `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             *
             *     `hold_not_available`: The name was held unpaid before in this cycle. It goes to whoever pays first: order it from the balance, or by a card payment without a hold.
             *
             *     `hold_too_late`: Orders close in a few minutes, too soon to wait for a payment. Order from the balance.
             *
             *     `hold_limit_reached`: The account has as many unpaid orders as it may, `open_holds_max`. Pay or release one first.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than the operation accepts. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_name`: The text is not a domain name that can be registered: exactly one label below a zone.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The backorder, its attempts, outcome and refund */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackorderDetail"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAttempts: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, or the `attempts_next` of the backorder */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of attempts */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AttemptPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly releaseBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The backorder, expired */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backorder"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_releasable`: A secured backorder cannot be cancelled, and one that has ended need not be. Only an unpaid order can be released. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly payBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment that is waited for */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `payment_ended`: It was paid, or its time is over. An order that is still free can be placed again.
             *
             *     `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly payForName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PayForName"];
            };
        };
        readonly responses: {
            /** @description The payment that is waited for */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description `malformed_json`: The body is not valid JSON. Correct its syntax.
             *
             *     `body_required`: The operation needs a JSON body and none was sent.
             *
             *     `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.
             */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `listing_not_found`: The name is on no drop list that was published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_timeout`: The body did not arrive in time, and nothing was done. Send the same request again. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `listing_not_open_yet`: The name is known but orders have not opened. Try again from the time in `opens_at`.
             *
             *     `listing_closed`: The listing takes no orders any more: it is dropping or has ended.
             *
             *     `cutoff_passed`: Orders for this name ended some hours before its deletion.
             *
             *     `zone_disabled`: New orders in this zone are stopped for now. Orders that are already secured stay valid.
             *
             *     `name_premium`: The registry asks a premium price for this name; those cannot be backordered.
             *
             *     `name_reserved`: The registry will not release this name for registration.
             *
             *     `name_suspect`: The name vanished from its registry's list. It can be ordered again if its deletion is confirmed.
             *
             *     `name_taken`: Someone holds the backorder of this name. There is one per name and no auction.
             *
             *     `already_yours`: Your account holds this name, and nothing was ordered or paid twice: `backorder_id` names the order. Repeating an order whose answer was lost is answered so.
             *
             *     `price_unavailable`: There is no price for this name in the currency of the account.
             *
             *     `hold_too_late`: Orders close in a few minutes, too soon to wait for a payment. Order from the balance.
             *
             *     `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             *
             *     `payment_limit_reached`: The account has as many open card payments without a hold as it may. Pay one, or wait: each ends at its `pay_by`.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than the operation accepts. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_name`: The text is not a domain name that can be registered: exactly one label below a zone.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPayment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment and its refunds */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PaymentDetail"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payment_not_found`: There is no payment with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly quoteRenewal: {
        readonly parameters: {
            readonly query?: {
                readonly years?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quote, which an order repeats */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RenewalQuote"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `backorder_not_renewable`: Only a name that was caught can be renewed.
             *
             *     `registration_expired`: The registration has ended; what becomes of the name is up to its registry now.
             *
             *     `renewal_pending`: An earlier renewal of this name is not decided yet. Read it, and order again when it is.
             *
             *     `price_unavailable`: There is no price for this name in the currency of the account.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `renewal_too_long`: A name is registered for at most ten years from today. Order fewer years.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly orderRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OrderRenewal"];
            };
        };
        readonly responses: {
            /** @description The renewal is paid, or waits for its card payment */
            readonly 201: {
                headers: {
                    /** @description The path of the renewal */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrderedRenewal"];
                };
            };
            /**
             * @description `malformed_json`: The body is not valid JSON. Correct its syntax.
             *
             *     `body_required`: The operation needs a JSON body and none was sent.
             *
             *     `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.
             */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_balance`: The account's balance and credit do not cover the price. Top up and order again. */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_timeout`: The body did not arrive in time, and nothing was done. Send the same request again. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `backorder_not_renewable`: Only a name that was caught can be renewed.
             *
             *     `registration_expired`: The registration has ended; what becomes of the name is up to its registry now.
             *
             *     `renewal_pending`: An earlier renewal of this name is not decided yet. Read it, and order again when it is.
             *
             *     `renewal_quote_stale`: Price or expiry are not those of the quote any more. Ask for a new quote, and order on that.
             *
             *     `price_unavailable`: There is no price for this name in the currency of the account.
             *
             *     `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than the operation accepts. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `renewal_too_long`: A name is registered for at most ten years from today. Order fewer years.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRenewals: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of renewals */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RenewalPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The renewal */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Renewal"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `renewal_not_found`: The account has no renewal with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly payRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment that is waited for */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `renewal_not_found`: The account has no renewal with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `payment_ended`: It was paid, or its time is over. An order that is still free can be placed again.
             *
             *     `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly topUp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TopUp"];
            };
        };
        readonly responses: {
            /** @description The payment that is waited for */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description `malformed_json`: The body is not valid JSON. Correct its syntax.
             *
             *     `body_required`: The operation needs a JSON body and none was sent.
             *
             *     `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.
             */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_timeout`: The body did not arrive in time, and nothing was done. Send the same request again. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `card_unavailable`: This service takes no cards for now. Nothing was ordered or held; order from the balance.
             *
             *     `payment_limit_reached`: The account has as many open card payments without a hold as it may. Pay one, or wait: each ends at its `pay_by`.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than the operation accepts. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `amount_out_of_range`: The amount is below or above what is taken; `min_minor` and `max_minor` say what is.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getBalance: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The balance */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Balance"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listTransactions: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of transactions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TransactionPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getBillingProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The billing profile */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BillingProfile"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_profile_missing`: An invoice names whom it is for. Send it once as PUT /v1/billing-profile, then request the invoice again. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putBillingProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["BillingProfile"];
            };
        };
        readonly responses: {
            /** @description The billing profile as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BillingProfile"];
                };
            };
            /**
             * @description `malformed_json`: The body is not valid JSON. Correct its syntax.
             *
             *     `body_required`: The operation needs a JSON body and none was sent.
             *
             *     `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.
             */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_timeout`: The body did not arrive in time, and nothing was done. Send the same request again. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than the operation accepts. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly requestInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice that was issued before */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description The invoice, issued now */
            readonly 201: {
                headers: {
                    /** @description The path of the invoice */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backorder_not_found`: There is no backorder with this id that you may see. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invoice_not_available`: An invoice is issued on request after a success; `state` says where the order is.
             *
             *     `billing_profile_missing`: An invoice names whom it is for. Send it once as PUT /v1/billing-profile, then request the invoice again.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly requestRenewalInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice that was issued before */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description The invoice, issued now */
            readonly 201: {
                headers: {
                    /** @description The path of the invoice */
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `renewal_not_found`: The account has no renewal with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invoice_not_available`: An invoice is issued on request after a success; `state` says where the order is.
             *
             *     `billing_profile_missing`: An invoice names whom it is for. Send it once as PUT /v1/billing-profile, then request the invoice again.
             */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listInvoices: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of invoices and credit notes */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InvoicePage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice or credit note */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invoice_not_found`: There is no invoice or credit note with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getInvoicePdf: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The page, A4 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/pdf": string;
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invoice_not_found`: There is no invoice or credit note with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getInvoiceHtml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invoice_not_found`: There is no invoice or credit note with this id. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getStatement: {
        readonly parameters: {
            readonly query: {
                readonly from: string;
                readonly to: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What the balance was, what moved it, and what it came to */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_period`: A period starts before it ends. `from` is the first instant in it, `to` the first after it.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getForecast: {
        readonly parameters: {
            readonly query?: {
                /** @description Names whose orders close and renewals that are due by then; the end of tomorrow, UTC, unless told */
                readonly until?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What would be to pay, beside what is available */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly watchName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in any case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The name is watched */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Watch"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `watch_limit_reached`: The account watches as many names as it may. Take one off the list first. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_name`: The text is not a domain name that can be registered: exactly one label below a zone.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly unwatchName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in any case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The name is not watched, whether it was before or not */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_name`: The text is not a domain name that can be registered: exactly one label below a zone.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listWatches: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of watched names */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WatchPage"];
                };
            };
            /** @description `malformed_text`: The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key is valid but lacks the scope in `scope`. Use a key that has it. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.
             *
             *     `invalid_cursor`: No page of this list ends there. A cursor is the `next` of an earlier page; without one the list starts anew.
             */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `try_again`: Many requests met at one name and this one waited too long. Nothing was done; send it again.
             *
             *     `unavailable`: The service cannot answer now. If the request was an order, look whether it was taken before sending it again.
             */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

import { registerHooks } from 'node:module'

// Preloaded into a gateway that is measured beside the one as it is shipped: in this one no statement says for which account it acts.

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './database/connect.ts' && context.parentURL?.endsWith('/core/src/context.ts') === true
      ? { url: 'data:text/javascript,export const ofAccount = (db) => db', shortCircuit: true }
      : next(specifier, context),
})

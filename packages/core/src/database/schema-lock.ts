/** Any number that nothing else uses: its holder changes the schema or the rights in it. */
export const schemaLock = 4_720_116

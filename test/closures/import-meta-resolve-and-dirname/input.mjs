export default () => [import.meta.filename.endsWith('input.mjs'), import.meta.dirname.endsWith('import-meta-resolve-and-dirname')]

export default () => [typeof globalThis.nowhere, typeof nowhere]

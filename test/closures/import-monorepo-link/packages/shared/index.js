let calls = 0
export const shared = () => ++calls

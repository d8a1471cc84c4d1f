let calls = 0
const up = () => ++calls
export const args = [up]
export default given => [given === up, given(), up(), calls]

const nested = a => b => c => a + b * c
export const args = [4]
export default nested(2)(3)

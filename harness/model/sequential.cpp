#include "harness/model/sequential.hpp"

#include <cmath>

namespace bulkhead::model {
namespace {

/// The log-likelihood of it, up to what does not depend on the share.
double log_likelihood(double share, double hits, double misses)
{
    // 0 * log 0 is 0 here: what did not occur does not speak against its having no chance.
    return (hits > 0 ? hits * std::log(share) : 0) + (misses > 0 ? misses * std::log1p(-share) : 0);
}

} // namespace

double log_likelihood_ratio(const SequentialTest& test, double hits, double trials)
{
    const double high = log_likelihood(test.high, hits, trials - hits);
    const double low = log_likelihood(test.low, hits, trials - hits);
    return std::isinf(high) && std::isinf(low) ? 0 : high - low;
}

Decision decide(const SequentialTest& test, double hits, double trials)
{
    const double ratio = log_likelihood_ratio(test, hits, trials);
    if (ratio >= std::log((1 - test.beta) / test.alpha)) {
        return Decision::high;
    }
    return ratio <= std::log(test.beta / (1 - test.alpha)) ? Decision::low : Decision::go_on;
}

} // namespace bulkhead::model

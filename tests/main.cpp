#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <string_view>

namespace {

constexpr int exit_skipped = 77; // ctest knows it by SKIP_RETURN_CODE

/// Counts test cases that say `MESSAGE("skipped: " << why)`. Whoever leaves out a part of himself says "left out: ".
class Skips : public doctest::IReporter {
public:
    explicit Skips(const doctest::ContextOptions& /*options*/) {}

    static bool are_all() { return begun > 0 && skipped == begun; }

    void test_case_start(const doctest::TestCaseData& /*test*/) override
    {
        ++begun;
        says_so_ = false;
    }
    void log_message(const doctest::MessageData& message) override
    {
        if (!std::string_view{message.m_string.c_str()}.starts_with("skipped: ") || says_so_)
            return;
        says_so_ = true;
        ++skipped;
    }
    void report_query(const doctest::QueryData& /*query*/) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats& /*stats*/) override {}
    void test_case_reenter(const doctest::TestCaseData& /*test*/) override {}
    void test_case_end(const doctest::CurrentTestCaseStats& /*stats*/) override {}
    void test_case_exception(const doctest::TestCaseException& /*exception*/) override {}
    void subcase_start(const doctest::SubcaseSignature& /*subcase*/) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData& /*assertion*/) override {}
    void test_case_skipped(const doctest::TestCaseData& /*test*/) override {}

private:
    static inline int begun = 0;
    static inline int skipped = 0;
    bool says_so_ = false;
};

} // namespace

REGISTER_LISTENER("skips", 1, Skips);

/// A failure is one, whatever was skipped beside it: a pattern in the output would beat the exit code.
int main(int count, char** arguments)
{
    doctest::Context context(count, arguments);
    const int result = context.run();
    return result == 0 && !context.shouldExit() && Skips::are_all() ? exit_skipped : result;
}

#include "harness/model/lesson.hpp"

#include "harness/model/lesson_parts.hpp"

#include <algorithm>
#include <vector>

namespace bulkhead::model {

std::span<const Lesson> lessons()
{
    static const std::vector<Lesson> all = [] {
        std::vector<Lesson> joined;
        for (const auto part : {lessons_on_parts(), lessons_on_faults(), lessons_on_price(), lessons_on_limits()}) {
            joined.insert(joined.end(), part.begin(), part.end());
        }
        return joined;
    }();
    return all;
}

const Lesson* find_lesson(std::uint32_t number)
{
    const auto all = lessons();
    const auto found = std::ranges::find(all, number, &Lesson::number);
    return found == all.end() ? nullptr : &*found;
}

std::size_t count_questions(const Lesson& lesson)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(lesson.questions, [](const Question& question) { return !question.asks.empty(); }));
}

std::size_t count_choices(const Question& question)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(question.choices, [](const Choice& choice) { return !choice.text.empty(); }));
}

} // namespace bulkhead::model
